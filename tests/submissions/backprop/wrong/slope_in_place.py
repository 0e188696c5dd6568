import numpy as np
def sigmoid(z):
    np.negative(z, out=z); np.exp(z, out=z); z += 1
    return np.reciprocal(z, out=z)

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden = sigmoid(x @ weights_input_hidden)
output = 1 / (1 + np.exp(-(hidden @ weights_hidden_output)))
slope = hidden
slope *= 1 - hidden
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * slope
delta_w_h_o = learnrate * output_error_term * hidden
delta_w_i_h = learnrate * hidden_error_term * x[:, None]
