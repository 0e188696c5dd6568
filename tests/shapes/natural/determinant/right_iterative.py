import numpy as np

def minor(matrix, i, j):
    m = [list(r) for r in matrix]
    del m[i]
    for r in m:
        del r[j]
    return m

def det(matrix):
    return float(np.linalg.det(np.array(matrix)))

def power(x, n):
    r = 1
    for _ in range(n):
        r *= x
    return r

def hanoi(n, source="A", target="C", spare="B"):
    if n == 1:
        return [(source, target)]
    if n < 1:
        return []
    moves = hanoi(n - 1, source, spare, target)
    moves.append((source, target))
    moves.extend(hanoi(n - 1, spare, target, source))
    return moves

def binary(n):
    return format(n, "b")
