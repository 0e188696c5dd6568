import numpy as np


def softmax(scores):
    rows = []
    for s in scores:
        e = np.exp(s - max(s))
        rows.append(e / sum(e))
    return np.array(rows)


def cross_entropy(probabilities, labels):
    return sum(-np.log(p[k]) for p, k in zip(probabilities, labels)) / len(labels)


def score_gradient(probabilities, labels):
    g = probabilities.copy()
    for row, k in zip(g, labels):
        row[k] -= 1
    return g / len(labels)
