import numpy as np


def _softmax(scores):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _nll(p, y):
    return -np.log(p[np.arange(len(y)), y]).mean()


OPS = {"softmax": _softmax, "loss": _nll}
softmax = lambda scores: OPS["softmax"](scores)
cross_entropy = OPS["loss"]


def score_gradient(probabilities, labels):
    return (probabilities - np.eye(probabilities.shape[1])[labels]) / len(labels)
