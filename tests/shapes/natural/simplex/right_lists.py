import numpy as np

def entering(T):
    last = list(T[-1])[:-1]
    smallest = min(last)
    if smallest >= -1e-9:
        return -1
    return last.index(smallest)

def leaving(T, col):
    candidates = [(T[i][-1] / T[i][col], i) for i in range(len(T) - 1) if T[i][col] > 1e-9]
    return min(candidates)[1] if candidates else -1

def pivot(T, row, col):
    p = T[row][col]
    out = []
    for i, line in enumerate(T):
        if i == row:
            out.append([x / p for x in line])
        else:
            out.append([x - line[col] * y / p for x, y in zip(line, T[row])])
    return out

def solve(c, A, b):
    m, n = len(A), len(A[0])
    T = []
    for i in range(m):
        slack = [0.0] * m
        slack[i] = 1.0
        T.append(list(A[i]) + slack + [b[i]])
    T.append([-x for x in c] + [0.0] * (m + 1))
    while (col := entering(T)) >= 0:
        row = leaving(T, col)
        if row < 0:
            raise ValueError("no bound")
        T = pivot(T, row, col)
    return T[-1][-1], np.array(T)
