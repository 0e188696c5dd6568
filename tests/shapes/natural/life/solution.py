import numpy as np

# Conway's game of life on a torus


def neighbours(board: np.ndarray) -> np.ndarray:
    """Number of living neighbours of each cell."""
    # TODO
    return sum(
        np.roll(board, (dy, dx), axis=(0, 1))
        for dy in (-1, 0, 1)
        for dx in (-1, 0, 1)
        if (dy, dx) != (0, 0)
    )


def step(board):
    n = neighbours(board)
    # TODO: the next generation
    return ((n == 3) | ((board == 1) & (n == 2))).astype(int)


def generations(board, count):
    """Yield the board after 1, 2, … count steps."""
    for _ in range(count):
        # TODO
        board = step(board)
        yield board


def show(board):
    for row in board:
        print("".join(".#"[cell] for cell in row))


if __name__ == "__main__":
    glider = np.array([
        [0, 1, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
    ])
    show(glider)
    for board in generations(glider, 4):
        print()
        show(board)
    alive = [int(b.sum()) for b in generations(glider, 6)]
    print(alive)
