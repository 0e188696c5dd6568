import numpy as np


def lorenz_curve(x):
    s = np.sort(x)
    return np.insert(s.cumsum() / s.sum(), 0, 0)


def gini(x):
    n = x.size
    rank = np.arange(1, n + 1)
    return 2 * (rank * np.sort(x)).sum() / (n * x.sum()) - (n + 1) / n


def atkinson(x, epsilon=0.5):
    rel = x / x.mean()
    if np.isclose(epsilon, 1):
        return 1 - np.prod(rel) ** (1 / x.size)
    return 1 - np.mean(rel ** (1 - epsilon)) ** (1 / (1 - epsilon))


def palma(x):
    x = np.sort(x)[::-1]
    k, m = -(-len(x) // 10), int(np.ceil(0.4 * len(x)))
    return np.sum(x[:k]) / np.sum(x[-m:])
