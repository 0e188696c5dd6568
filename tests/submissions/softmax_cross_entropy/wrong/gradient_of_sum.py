import numpy as np


def softmax(scores):
    """Turn each row of scores into probabilities that add up to 1; also large scores (1000) must work."""
    # TODO: take off each row's largest score first, so that no exponential overflows
    shifted = scores - scores.max(axis=1, keepdims=True)

    # TODO: the probabilities, row by row
    exps = np.exp(shifted)
    probabilities = exps / exps.sum(axis=1, keepdims=True)
    return probabilities


def cross_entropy(probabilities, labels):
    """Return the mean over the records of -log of the right class's probability."""
    # TODO: the probability that each record's right class got
    right = probabilities[np.arange(len(labels)), labels]

    # TODO: the mean of their negative logarithms
    loss = -np.log(right).mean()
    return loss


def score_gradient(probabilities, labels):
    """Return how the mean cross entropy changes with each score."""
    # TODO: 1 in the column of the right class, 0 elsewhere
    one_hot = np.zeros(probabilities.shape)
    one_hot[np.arange(len(labels)), labels] = 1

    # TODO: the slope of the mean
    gradient = probabilities - one_hot
    return gradient


# Example
scores = np.array([[1.5, -0.5, 0.2], [0.3, 2.0, -1.0]])
labels = np.array([0, 2])
probabilities = softmax(scores)
loss = cross_entropy(probabilities, labels)
gradient = score_gradient(probabilities, labels)
print(probabilities, loss, gradient)
