import numpy as np

def ranks(values):
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - counts / 2)[inverse]

def pearson(x, y):
    return np.corrcoef(x, y)[0, 1]

def spearman(x, y):
    return np.corrcoef(ranks(x), ranks(y))[0, 1]

def strength(r):
    return "strong" if abs(r) >= 0.7 else "moderate" if abs(r) >= 0.4 else "weak"
