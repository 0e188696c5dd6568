from math import sqrt


def distance(p, q):
    """Distance of two points, given as tuples."""
    # TODO
    return (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2


def nearest(examples, point, k):
    """The k nearest records as a list of (distance, label), the nearest first."""
    pairs = []
    for label, points in examples.items():
        for p in points:
            # TODO
            pairs.append((distance(p, point), label))
    if k > len(pairs):
        raise ValueError("there are only %d records" % len(pairs))
    # TODO
    pairs.sort()
    return pairs[:k]


def classify(examples, point, k=3):
    """The most frequent label among the k nearest; of equals that of the nearest record."""
    votes = {}
    for _, label in nearest(examples, point, k):
        # TODO: count
        votes[label] = votes.get(label, 0) + 1
    # TODO: the winner (max keeps the first of equals)
    return max(votes, key=votes.get)


# Example
examples = {
    "apple": [(7.0, 2.0), (6.5, 2.5), (8.0, 3.0)],
    "lemon": [(4.0, 6.0), (5.0, 5.5), (5.5, 4.5)],
    "grape": [(1.5, 3.0), (2.0, 2.5)],
}
point = (5.8, 4.0)
k = 5
d = distance(point, (4.0, 6.0))
closest = nearest(examples, point, k)
label = classify(examples, point, k=k)
single = classify(examples, point, k=1)
try:
    classify(examples, point, k=9)
    refused = "nothing"
except ValueError as error:
    refused = type(error).__name__
print(d, closest)
print(label, single, refused)
assert label in examples
