import numpy as np

def basis(k, nodes, x):
    e = np.zeros(len(nodes))
    e[k] = 1
    return np.polyval(np.polyfit(nodes, e, len(nodes) - 1), x)

def interpolate(nodes, values, x):
    V = np.vander(nodes)
    return np.polyval(np.linalg.solve(V, values), x)

def newton_coefficients(nodes, values):
    n = len(nodes)
    A = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            A[i, j] = np.prod(nodes[i] - nodes[:j])
    return np.linalg.solve(A, values)

def newton_evaluate(c, nodes, t):
    powers = np.concatenate([[1.0], np.cumprod(t - nodes[:-1])])
    return np.dot(c, powers)

def chebyshev(a, b, n):
    theta = (np.arange(n) + 0.5) * np.pi / n
    return a + (b - a) * (1 + np.cos(theta)) / 2
