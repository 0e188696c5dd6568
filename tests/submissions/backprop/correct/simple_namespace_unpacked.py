from types import SimpleNamespace
import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


ns = SimpleNamespace()
ns.x = np.array([0.5, 0.1, -0.2])
ns.target = 0.6
ns.learnrate = 0.5
ns.weights_input_hidden = np.array([[0.5, -0.6],
                                    [0.1, -0.2],
                                    [0.1, 0.7]])
ns.weights_hidden_output = np.array([0.1, -0.3])

hidden = sigmoid(np.dot(ns.x, ns.weights_input_hidden))
output = sigmoid(np.dot(hidden, ns.weights_hidden_output))
error = ns.target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * ns.weights_hidden_output * hidden * (1 - hidden)
delta_w_h_o = ns.learnrate * output_error_term * hidden
delta_w_i_h = ns.learnrate * np.outer(ns.x, hidden_error_term)
print(delta_w_h_o)
print(delta_w_i_h)
