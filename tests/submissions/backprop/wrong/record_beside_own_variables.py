from dataclasses import dataclass

import numpy as np


@dataclass
class Shown:
    delta_w_h_o: np.ndarray
    delta_w_i_h: np.ndarray


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])


def step():
    h = 1 / (1 + np.exp(-x @ weights_input_hidden))
    o = 1 / (1 + np.exp(-h @ weights_hidden_output))
    d = (target - o) * o * (1 - o)
    delta_w_h_o = learnrate * d * h
    delta_w_i_h = learnrate * np.outer(x, d * h * (1 - h))
    return Shown(delta_w_h_o.round(4), delta_w_i_h.round(4))


print(step())
