import numpy as np

def neighbours(board):
    rows, cols = board.shape
    out = np.zeros_like(board)
    for r in range(rows):
        for c in range(cols):
            for i in (r - 1, r, r + 1):
                for j in (c - 1, c, c + 1):
                    if (i, j) != (r, c):
                        out[r, c] += board[i % rows, j % cols]
    return out

def step(board):
    n = neighbours(board)
    new = board.copy()
    new[n < 2] = 0
    new[n > 3] = 0
    new[n == 3] = 1
    return new

def generations(board, count):
    boards = []
    for _ in range(count):
        boards.append(board)
        board = step(board)
    return boards
