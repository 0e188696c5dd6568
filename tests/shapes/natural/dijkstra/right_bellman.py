def dijkstra(graph, start):
    dist = {start: 0.0}
    prev = {}
    changed = True
    while changed:
        changed = False
        for u in list(dist):
            for v, w in graph[u].items():
                if dist[u] + w < dist.get(v, 1e300):
                    dist[v] = dist[u] + w
                    prev[v] = u
                    changed = True
    return dist, prev

def path(prev, target):
    out = []
    while target is not None:
        out.insert(0, target)
        target = prev.get(target)
    return out
