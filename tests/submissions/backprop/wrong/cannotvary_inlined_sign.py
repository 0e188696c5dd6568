import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

hidden_layer_output = sigmoid(np.dot([0.5, 0.1, -0.2], [[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]))
output = sigmoid(np.dot(hidden_layer_output, [0.1, -0.3]))
error = output - 0.6
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * np.array([0.1, -0.3]) * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = 0.5 * output_error_term * hidden_layer_output
delta_w_i_h = 0.5 * np.outer([0.5, 0.1, -0.2], hidden_error_term)
