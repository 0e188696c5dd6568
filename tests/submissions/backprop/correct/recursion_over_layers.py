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

weights = [weights_input_hidden, weights_hidden_output.reshape(-1, 1)]
deltas = [None, None]


def propagate(layer, signal):
    """returns dE/dsignal with the sign of the error; fills deltas on the way back"""
    if layer == len(weights):
        return target - signal
    out = sigmoid(signal @ weights[layer])
    term = propagate(layer + 1, out) * out * (1 - out)
    deltas[layer] = learnrate * np.outer(signal, term)
    return weights[layer] @ term


propagate(0, x)
delta_w_i_h, delta_w_h_o = deltas
delta_w_h_o = delta_w_h_o[:, 0]
print(delta_w_h_o)
print(delta_w_i_h)
