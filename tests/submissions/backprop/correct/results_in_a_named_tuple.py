from collections import namedtuple

import numpy as np

Changes = namedtuple("Changes", "delta_w_h_o, delta_w_i_h")

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])


def step():
    h = 1 / (1 + np.exp(-x @ weights_input_hidden))
    o = 1 / (1 + np.exp(-h @ weights_hidden_output))
    d = (target - o) * o * (1 - o)
    return Changes(learnrate * d * h, learnrate * np.outer(x, d * weights_hidden_output * h * (1 - h)))


print(step())
