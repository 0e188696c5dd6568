import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])

weights_hidden_output = np.array([0.1, -0.3])

def steps():
    h = sigmoid(np.dot(x, weights_input_hidden))
    o = sigmoid(np.dot(h, weights_hidden_output))
    error = target - o
    term = error * o * (1 - o)
    yield learnrate * term * h
    yield learnrate * np.outer(x, term * weights_hidden_output * h * (1 - h))


s = steps()
delta_w_h_o = next(s)
delta_w_i_h = next(s)
print(delta_w_h_o)
print(delta_w_i_h)
