def distance(p, q):
    """Distance of two points, given as tuples."""
    return sum((a - b) ** 2 for a, b in zip(p, q)) ** 0.5


def nearest(examples, point, k):
    """The k nearest records as a list of (distance, label), the nearest first."""
    left = [(distance(point, p), name) for name, points in examples.items() for p in points]
    assert k > 0
    if len(left) < k:
        raise ValueError("k is too large")
    found = []
    for _ in range(k):
        best = min(left)
        left.remove(best)
        found.append(best)
    return found


def classify(examples, point, k=3):
    """The most frequent label among the k nearest; of equals that of the nearest record."""
    names = [name for _, name in nearest(examples, point, k)]
    winner = names[0]
    for name in names:
        if names.count(name) > names.count(winner):
            winner = name
    return winner
