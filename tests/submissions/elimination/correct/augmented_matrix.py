import numpy as np

def triangular(matrix, right):
    a = np.hstack([matrix, right.reshape(-1, 1)]).astype(float)
    n = a.shape[0]
    for col in range(n):
        if (best := max(range(col, n), key=lambda r: abs(a[r, col]))) != col:
            a[[col, best]] = a[[best, col]]
        if a[col, col] == 0:
            continue
        for row in range(col + 1, n):
            a[row] -= a[row, col] / a[col, col] * a[col]
    return a[:, :-1], a[:, -1]

def back_substitution(u, c):
    x = np.zeros(len(c))
    for i in reversed(range(len(c))):
        x[i] = (c[i] - np.dot(u[i, i+1:], x[i+1:])) / u[i, i]
    return x

def kernel_direction(matrix):
    u, _ = triangular(matrix, np.zeros(len(matrix)))
    head = back_substitution(u[:-1, :-1], -u[:-1, -1])
    return np.append(head, 1.0)

def misfit(matrix, x, right):
    return np.sqrt(((matrix @ x - right) ** 2).sum())
