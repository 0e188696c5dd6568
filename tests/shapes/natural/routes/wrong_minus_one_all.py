import numpy as np


def neighbours(edges, n):
    """The neighbours of each town, in ascending order: a list of n lists."""
    # TODO: roads go both ways
    lists = [[] for _ in range(n)]
    for a, b, _ in edges:
        lists[a].append(b)
        lists[b].append(a)
    return [sorted(each) for each in lists]


def stops(edges, n, start):
    """The least number of roads from the start to each town, -1 where there is no way."""
    near = neighbours(edges, n)
    found = [-1] * n
    # TODO: breadth first
    found[start] = 0
    queue = [start]
    while queue:
        town = queue.pop(0)
        for other in near[town]:
            if found[other] == -1:
                found[other] = found[start] + 1
                queue.append(other)
    return found


def shortest(edges, n):
    """The shortest ways between all towns, (n, n); inf where there is none."""
    way = np.full((n, n), np.inf)
    # TODO: Floyd and Warshall
    for i in range(n):
        way[i, i] = 0
    for a, b, km in edges:
        way[a, b] = way[b, a] = min(way[a, b], km)
    for k in range(n):
        for i in range(n):
            for j in range(n):
                way[i, j] = min(way[i, j], way[i, k] + way[k, j])
    return way


# Example
edges = [(0, 1, 7), (1, 2, 4), (0, 3, 2), (3, 1, 3), (2, 4, 6)]
near = neighbours(edges, 6)
found = stops(edges, 6, 0)
way = shortest(edges, 5)
print(near, found)
print(way)
