import numpy as np

sigmoid = lambda z: 1 / (1 + np.exp(-z))


def step(x, y, w, learnrate):
    h = np.sum(x * w)
    nn_output = sigmoid(h)
    error_term = (y - nn_output) * nn_output * (1 - nn_output)
    return learnrate * error_term * x


del_w = step(np.array([1, 2, 3, 4]), 0.5, np.array([0.5, -0.5, 0.3, 0.1]), learnrate=0.5)
