import numpy as np

def neighbours(edges, n):
    near = {t: [] for t in range(n)}
    for e in edges:
        near[e[0]] += [e[1]]
        near[e[1]] += [e[0]]
    result = []
    for t in range(n):
        near[t].sort()
        result.append(near[t])
    return result

def stops(edges, n, start):
    dist = [-1 for _ in range(n)]
    dist[start] = 0
    for step in range(2):
        for a, b, _ in edges:
            if dist[a] == step and dist[b] == -1:
                dist[b] = step + 1
            if dist[b] == step and dist[a] == -1:
                dist[a] = step + 1
    return dist

def shortest(edges, n):
    d = np.full((n, n), np.inf)
    np.fill_diagonal(d, 0)
    for a, b, km in edges:
        d[a, b] = min(d[a, b], km)
        d[b, a] = min(d[b, a], km)
    for k in range(n):
        d = np.minimum(d, d[:, [k]] + d[[k], :])
    return d
