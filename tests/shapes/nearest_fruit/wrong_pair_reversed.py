import numpy as np
from collections import Counter

def distance(p, q):
    return float(np.linalg.norm(np.subtract(p, q)))

def nearest(examples, point, k):
    labels = [name for name in examples for _ in examples[name]]
    points = np.array([p for ps in examples.values() for p in ps])
    if k > len(labels):
        raise ValueError(k)
    d = np.sqrt(((points - np.array(point)) ** 2).sum(axis=1))
    return [(labels[i], d[i]) for i in np.argsort(d)[:k]]

def classify(examples, point, k=3):
    return Counter(label for _, label in nearest(examples, point, k)).most_common(1)[0][0]
