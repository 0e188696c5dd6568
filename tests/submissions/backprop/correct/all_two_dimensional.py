import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# one sample = one row, like a design matrix
x = np.array([[0.5, 0.1, -0.2]])
target = np.array([[0.6]])
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([[0.1], [-0.3]])

A1 = sigmoid(x @ weights_input_hidden)
A2 = sigmoid(A1 @ weights_hidden_output)

error = target - A2
output_error_term = error * A2 * (1 - A2)
hidden_error_term = (output_error_term @ weights_hidden_output.T) * A1 * (1 - A1)

delta_w_h_o = learnrate * A1.T @ output_error_term
delta_w_i_h = learnrate * x.T @ hidden_error_term

print(delta_w_h_o)
print(delta_w_i_h)
