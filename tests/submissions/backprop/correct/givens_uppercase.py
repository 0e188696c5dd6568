import numpy as np

X = np.array([0.5, 0.1, -0.2])
TARGET = 0.6
LEARNRATE = 0.5
WEIGHTS_INPUT_HIDDEN = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
WEIGHTS_HIDDEN_OUTPUT = np.array([0.1, -0.3])


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


H = sigmoid(X @ WEIGHTS_INPUT_HIDDEN)
Y = sigmoid(H @ WEIGHTS_HIDDEN_OUTPUT)
error = TARGET - Y
output_error_term = error * Y * (1 - Y)
hidden_error_term = output_error_term * WEIGHTS_HIDDEN_OUTPUT * H * (1 - H)
delta_w_h_o = LEARNRATE * output_error_term * H
delta_w_i_h = LEARNRATE * hidden_error_term * X[:, None]
print(delta_w_h_o)
print(delta_w_i_h)
