import numpy as np

inputs = np.array([0.5, 0.1, -0.2])
y = 0.6
eta = 0.5
W1 = np.array([[0.5, -0.6],
               [0.1, -0.2],
               [0.1, 0.7]])
W2 = np.array([0.1, -0.3])

s = lambda z: 1 / (1 + np.exp(-z))
h = s(inputs @ W1)
y_hat = s(h @ W2)

error = y - y_hat
output_error_term = error * y_hat * (1 - y_hat)
hidden_error_term = output_error_term * W2 * h * (1 - h)
delta_w_h_o = eta * output_error_term * h
delta_w_i_h = eta * hidden_error_term * inputs[:, None]
print(delta_w_h_o)
print(delta_w_i_h)
