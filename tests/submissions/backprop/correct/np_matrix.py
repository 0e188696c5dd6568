import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


x = np.matrix([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.matrix([[0.5, -0.6],
                                  [0.1, -0.2],
                                  [0.1, 0.7]])
weights_hidden_output = np.matrix([[0.1], [-0.3]])

hidden_layer_output = sigmoid(x * weights_input_hidden)
output = sigmoid(hidden_layer_output * weights_hidden_output)

error = target - output
output_error_term = np.multiply(error, np.multiply(output, 1 - output))
hidden_error_term = np.multiply(output_error_term * weights_hidden_output.T,
                                np.multiply(hidden_layer_output, 1 - hidden_layer_output))
delta_w_h_o = learnrate * hidden_layer_output.T * output_error_term
delta_w_i_h = learnrate * x.T * hidden_error_term

print(delta_w_h_o)
print(delta_w_i_h)
