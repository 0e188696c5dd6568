import numpy as np

def entering(T):
    best = -1
    value = -1e-9
    for j in range(T.shape[1] - 1):
        if T[-1, j] < value:
            value = T[-1, j]
            best = j
    return best

def leaving(T, col):
    row = -1
    for i in range(len(T) - 1):
        if T[i, col] <= 1e-9:
            continue
        if row == -1 or T[i, -1] / T[i, col] < T[row, -1] / T[row, col]:
            row = i
    return row

def pivot(T, row, col):
    m, n = T.shape
    new = np.empty((m, n))
    for i in range(m):
        for j in range(n):
            if i == row:
                new[i, j] = T[i, j] / T[row, col]
            else:
                new[i, j] = T[i, j] - T[i, col] * T[row, j] / T[row, col]
    return new

def solve(c, A, b):
    m, n = A.shape
    T = np.concatenate([A, np.eye(m), b[:, None]], axis=1)
    T = np.vstack([T, np.concatenate([-c, np.zeros(m + 1)])])
    for _ in range(1000):
        col = entering(T)
        if col == -1:
            return T[-1, -1], T
        row = leaving(T, col)
        if row == -1:
            raise ValueError("unbounded problem")
        T = pivot(T, row, col)
