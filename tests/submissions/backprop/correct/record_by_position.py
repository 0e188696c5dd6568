from collections import namedtuple

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


Case = namedtuple("Case", "row goal step first second")
case = Case(np.array([0.5, 0.1, -0.2]), 0.6, 0.5, np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]), np.array([0.1, -0.3]))

hidden_layer_output = sigmoid(np.dot(case.row, case.first))
output = sigmoid(np.dot(hidden_layer_output, case.second))
error = case.goal - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * case.second * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = case.step * output_error_term * hidden_layer_output
delta_w_i_h = case.step * hidden_error_term * case.row[:, None]
