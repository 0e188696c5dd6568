"""Graph algorithms, week 7"""
import heapq


def dijkstra(graph, start):
    """Distances from start to every node that can be reached, and the node before it on a shortest path."""
    dist = {start: 0.0}
    prev = {}
    heap = [(0.0, start)]
    while heap:
        d, u = heapq.heappop(heap)
        if d > dist[u]:
            continue
        for v, w in graph[u].items():
            # TODO: relax the edge (u, v)
            if d + w < dist.get(v, float("inf")):
                dist[v] = d + w
                prev[v] = u
                heapq.heappush(heap, (dist[v], v))
    return dist, prev


def path(prev, target):
    """The nodes from the start to target."""
    # TODO: go back along prev
    nodes = [target]
    while nodes[-1] in prev:
        nodes.append(prev[nodes[-1]])
    return nodes[::-1]


graph = {
    "A": {"B": 4.0, "C": 2.5},
    "B": {"D": 5.0},
    "C": {"B": 1.0, "D": 8.0, "E": 10.0},
    "D": {"E": 2.0},
    "E": {},
}
dist, prev = dijkstra(graph, "A")
print(dist)
print(" -> ".join(path(prev, "E")))
