import numpy as np

def triangular(matrix, right):
    u, c = matrix.astype(float), right.astype(float)
    n = len(c)
    for k in range(n - 1):
        p = k + abs(u[k:, k]).argmax()
        u[[k, p]], c[[k, p]] = u[[p, k]], c[[p, k]]
        f = u[k+1:, k] / u[k, k]
        u[k+1:] -= f[:, None] * u[k]
        c[k+1:] -= f * c[k]
    return u, c

def back_substitution(u, c):
    n = len(c)
    x = np.zeros(n)
    for i in range(n):
        x[i] = (c[i] - u[i, i+1:] @ x[i+1:]) / u[i, i]
    return x

def kernel_direction(matrix):
    u, _ = triangular(matrix, np.zeros(len(matrix)))
    head = back_substitution(u[:-1, :-1], -u[:-1, -1])
    return np.append(head, 1.0)

def misfit(matrix, x, right):
    return np.sqrt(((matrix @ x - right) ** 2).sum())
