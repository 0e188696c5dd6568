import numpy as np


def triangular(matrix, right):
    u, c = np.array(matrix, float), np.array(right, float)
    n = len(c)
    for k in range(n - 1):
        p = k + int(np.argmax(abs(u[k:, k])))
        if p != k:
            u[k], u[p] = u[p].copy(), u[k].copy()
            c[k], c[p] = c[p], c[k]
        factors = u[k + 1:, k] / u[k, k]
        u[k + 1:] -= np.outer(factors, u[k])
        c[k + 1:] -= factors * c[k]
    return u, c


def back_substitution(u, c):
    u, c = u.copy(), c.copy()
    for k in range(len(c) - 1, -1, -1):
        c[k] /= u[k, k]
        c[:k] -= u[:k, k] * c[k]
    return c


def kernel_direction(matrix):
    u, c = triangular(matrix, np.zeros(len(matrix)))
    u[-1, -1], c[-1] = 1.0, 5.0
    return back_substitution(u, c)


def misfit(matrix, x, right):
    return sum(abs(value) for value in matrix @ x - right)
