import numpy as np


def triangular(matrix, right):
    u, c = matrix.astype(float).copy(), right.astype(float).copy()
    for k in range(len(c) - 1):
        p = k + np.argmax(abs(u[k:, k]))
        u[[k, p]] = u[[p, k]]
        c[[k, p]] = c[[p, k]]
        for i in range(k + 1, len(c)):
            factor = u[i, k] / u[k, k]
            u[i] -= factor * u[k]
            c[i] -= factor * c[k]
    return u, c


def back_substitution(u, c):
    return np.asarray(np.matrix(u).I.dot(c)).ravel()


def _substitute(u, c):
    x = np.zeros(len(c))
    for i in range(len(c) - 1, -1, -1):
        x[i] = (c[i] - u[i, i + 1:] @ x[i + 1:]) / u[i, i]
    return x


def kernel_direction(matrix):
    u, _ = triangular(matrix, np.zeros(len(matrix)))
    direction = np.ones(len(matrix))
    direction[:-1] = _substitute(u[:-1, :-1], -u[:-1, -1])
    return direction


def misfit(matrix, x, right):
    return np.linalg.norm(matrix @ x - right)
