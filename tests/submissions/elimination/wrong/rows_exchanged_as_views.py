import numpy as np

def triangular(matrix, right):
    u = matrix.astype(float).copy(); c = right.astype(float).copy()
    n = len(c)
    for k in range(n - 1):
        p = k + np.argmax(np.abs(u[k:, k]))
        u[k], u[p] = u[p], u[k]
        c[k], c[p] = c[p], c[k]
        for i in range(k + 1, n):
            factor = u[i, k] / u[k, k]
            u[i] = u[i] - factor * u[k]
            c[i] = c[i] - factor * c[k]
    return u, c

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
