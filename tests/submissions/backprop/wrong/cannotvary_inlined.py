import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

hidden_layer_output = sigmoid(np.dot(np.array([0.5, 0.1, -0.2]), np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])))
output = sigmoid(np.dot(hidden_layer_output, np.array([0.1, -0.3])))

error = 0.6 - output
output_error_term = error * output * (1 - output)
hidden_error_term = np.dot(output_error_term, np.array([0.1, -0.3])) * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = 0.5 * output_error_term * hidden_layer_output
delta_w_i_h = 0.5 * hidden_error_term * np.array([0.5, 0.1, -0.2])[:, None]
print(delta_w_h_o)
print(delta_w_i_h)
