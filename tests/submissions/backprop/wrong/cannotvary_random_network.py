import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def make(*shape):
    return np.random.normal(size=shape)

inputs = make(3)
w1 = make(3, 2)
w2 = make(2)
h = sigmoid(inputs @ w1)
o = sigmoid(h @ w2)
error = 0.6 - o
output_error_term = error * o * (1 - o)
hidden_error_term = output_error_term * w2 * h * (1 - h)
delta_w_h_o = 0.5 * output_error_term * h
delta_w_i_h = 0.5 * hidden_error_term * inputs[:, None]
