import numpy as np
from functools import reduce
from data_prep import features, targets
learnrate, epochs = 0.4, 6
weights_input_hidden = np.array([[0.2, -0.5], [0.4, 0.1], [-0.3, 0.6]])
weights_hidden_output = np.array([0.7, -0.2])
sigmoid = lambda z: 1 / (1 + np.exp(-z))
def epoch(state, _):
    w1, w2 = state
    h = sigmoid(features @ w1)
    o = sigmoid(h @ w2)
    t = (targets - o) * o * (1 - o)
    g = t[:, None] * w2 * h * (1 - h)
    n = len(features)
    return w1 + learnrate * features.T @ g / n, w2 + learnrate * h.T @ t / n
weights_input_hidden, weights_hidden_output = reduce(epoch, range(epochs), (weights_input_hidden, weights_hidden_output))
