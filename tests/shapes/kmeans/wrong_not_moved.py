import numpy as np

def assign(points, centres):
    d = (points ** 2).sum(1)[:, None] - 2 * points @ centres.T + (centres ** 2).sum(1)
    return d.argmin(1)

def move(points, groups, centres):
    G = (groups[:, None] == np.arange(len(centres))).astype(float)
    counts = G.sum(0)
    means = G.T @ points / np.maximum(counts, 1)[:, None]
    return np.where(counts[:, None] > 0, means, centres)

def inertia(points, groups, centres):
    return np.linalg.norm(points - np.take(centres, groups, axis=0)) ** 2

def kmeans(points, centres, rounds):
    history = []
    while len(history) < rounds:
        groups = assign(points, centres)
        moved = move(points, groups, centres)
        history.append(inertia(points, groups, centres))
    return centres, history
