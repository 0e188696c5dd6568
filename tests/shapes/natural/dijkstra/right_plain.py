def dijkstra(graph, start):
    dist, prev, done = {start: 0.0}, {}, set()
    while True:
        open_nodes = [n for n in dist if n not in done]
        if not open_nodes:
            return dist, prev
        u = min(open_nodes, key=lambda n: dist[n])
        done.add(u)
        for v in graph[u]:
            new = dist[u] + graph[u][v]
            if v not in dist or new < dist[v]:
                dist[v] = new
                prev[v] = u

def path(prev, target):
    if target not in prev:
        return [target]
    return path(prev, prev[target]) + [target]
