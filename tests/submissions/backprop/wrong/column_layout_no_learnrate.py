import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

x = np.array([0.5, 0.1, -0.2]).reshape(3, 1)
y = 0.6
lr = 0.5
W1 = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
W2 = np.array([0.1, -0.3]).reshape(2, 1)

a1 = sigmoid(W1.T @ x)
a2 = sigmoid(W2.T @ a1)

error = y - a2
output_error_term = error * a2 * (1 - a2)
hidden_error_term = W2 @ output_error_term * a1 * (1 - a1)
delta_w_h_o = a1 @ output_error_term
delta_w_i_h = lr * x @ hidden_error_term.T
print(delta_w_h_o, delta_w_i_h)
