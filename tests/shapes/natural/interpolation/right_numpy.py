import numpy as np

def basis(k, nodes, x):
    others = np.delete(nodes, k)
    return np.prod((np.asarray(x)[:, None] - others) / (nodes[k] - others), axis=1)

def interpolate(nodes, values, x):
    return sum(v * basis(k, nodes, x) for k, v in enumerate(values))

def newton_coefficients(nodes, values):
    n = len(nodes)
    F = np.zeros((n, n))
    F[:, 0] = values
    for j in range(1, n):
        for i in range(n - j):
            F[i, j] = (F[i + 1, j - 1] - F[i, j - 1]) / (nodes[i + j] - nodes[i])
    return F[0]

def newton_evaluate(c, nodes, t):
    value = 0.0
    product = 1.0
    for k in range(len(c)):
        value += c[k] * product
        product *= t - nodes[k]
    return value

def chebyshev(a, b, n):
    k = np.arange(1, n + 1)
    roots = np.cos((2 * k - 1) / (2 * n) * np.pi)
    return 0.5 * (a + b) + 0.5 * (b - a) * roots
