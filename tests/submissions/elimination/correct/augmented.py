import numpy as np


def triangular(matrix, right):
    a = np.hstack([matrix.astype(float), np.reshape(right, (-1, 1)).astype(float)])
    rows = a.shape[0]
    for k in range(rows):
        best = max(range(k, rows), key=lambda i: abs(a[i, k]))
        a[[k, best]] = a[[best, k]]
        for i in range(k + 1, rows):
            a[i, k:] -= a[i, k] / a[k, k] * a[k, k:] if a[k, k] != 0 else 0
    return np.triu(a[:, :-1]), a[:, -1]


def back_substitution(u, c):
    x = []
    for i in reversed(range(len(c))):
        rest = sum(u[i, len(c) - 1 - k] * value for k, value in enumerate(x))
        x.append((c[i] - rest) / u[i, i])
    return np.array(x[::-1])


def kernel_direction(matrix):
    u, _ = triangular(matrix, np.zeros(len(matrix)))
    v = np.append(back_substitution(u[:-1, :-1], u[:-1, -1]), -1.0)
    return v / np.sqrt((v * v).sum())


def misfit(matrix, x, right):
    return np.abs(matrix @ x - right).max()
