import heapq
import numpy as np

def neighbours(edges, n):
    return [sorted([b for a, b, w in edges if a == t] + [a for a, b, w in edges if b == t]) for t in range(n)]

def stops(edges, n, start):
    near = neighbours(edges, n)
    result = [-1] * n
    level, depth, seen = {start}, 1, set()
    while level:
        for t in level:
            result[t] = depth
        seen |= level
        level = {o for t in level for o in near[t]} - seen
        depth += 1
    return result

def shortest(edges, n):
    out = np.full((n, n), np.inf)
    for s in range(n):
        heap = [(0, s)]
        while heap:
            d, t = heapq.heappop(heap)
            if d >= out[s, t]:
                continue
            out[s, t] = d
            for a, b, km in edges:
                if a == t:
                    heapq.heappush(heap, (d + km, b))
                if b == t:
                    heapq.heappush(heap, (d + km, a))
    return out
