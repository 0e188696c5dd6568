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

X = x[np.newaxis, :]
Y = np.array([[target]])
W1 = weights_input_hidden
W2 = weights_hidden_output[:, np.newaxis]

A1 = sigmoid(X @ W1)
A2 = sigmoid(A1 @ W2)
D2 = (Y - A2) * A2 * (1 - A2)
D1 = D2 @ W2.T * A1 * (1 - A1)

error = (Y - A2).squeeze()
output_error_term = D2.squeeze()
hidden_error_term = D1.squeeze(axis=0)
delta_w_h_o = learnrate * np.squeeze(A1.T @ D2, axis=1)
delta_w_i_h = learnrate * (X.T @ D1)
print(delta_w_h_o)
print(delta_w_i_h)
