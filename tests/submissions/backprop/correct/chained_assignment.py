import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


x = inputs = features = np.array([0.5, 0.1, -0.2])
target = y = 0.6
lr = learnrate = 0.5
W1 = weights_input_hidden = np.array([[0.5, -0.6],
                                      [0.1, -0.2],
                                      [0.1, 0.7]])
W2 = weights_hidden_output = np.array([0.1, -0.3])

h = hidden_layer_output = sigmoid(np.dot(inputs, W1))
o = output = sigmoid(np.dot(h, W2))
e = error = y - o
d2 = output_error_term = e * o * (1 - o)
d1 = hidden_error_term = d2 * W2 * h * (1 - h)
dW2 = delta_w_h_o = lr * d2 * h
dW1 = delta_w_i_h = lr * d1 * features[:, None]
print(dW2)
print(dW1)
