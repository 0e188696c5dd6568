import numpy as np

def entering(T):
    obj = T[-1, :-1]
    if np.all(obj >= -1e-9):
        return -1
    return obj.argmin()

def leaving(T, col):
    a = T[:-1, col]
    ratios = np.full(len(a), np.inf)
    ok = a > 1e-9
    if not ok.any():
        return -1
    ratios[ok] = T[:-1, -1][ok] / a[ok]
    return ratios.argmin()

def pivot(T, row, col):
    r = T[row] / T[row, col]
    new = T - np.outer(T[:, col], r)
    new[row] = r
    return new

def solve(c, A, b):
    m, n = A.shape
    T = np.block([[A, np.eye(m), b.reshape(-1, 1)], [-c.reshape(1, -1), np.zeros((1, m + 1))]])
    col = entering(T)
    while col != -1:
        row = leaving(T, col)
        if row == -1:
            raise ValueError("unbounded")
        T = pivot(T, row, col)
        col = entering(T)
    return T[-1][-1], T
