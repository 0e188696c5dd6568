import numpy as np


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def softmax(scores):
    z = scores - np.max(scores, axis=1).reshape(-1, 1)
    return np.exp(z - np.log(np.sum(np.exp(z), axis=1)).reshape(-1, 1))


def cross_entropy(probabilities, labels):
    y = one_hot(labels, probabilities.shape[1])
    return -np.sum(np.log(np.where(y == 1, probabilities, 1.0))) / len(y)


def score_gradient(probabilities, labels):
    return (probabilities - one_hot(labels, probabilities.shape[1])) / probabilities.shape[0]
