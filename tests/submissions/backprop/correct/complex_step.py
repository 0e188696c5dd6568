# derivative by complex step: dE/dw = Im E(w + ih) / h, no subtraction, so exact
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])


def loss(w1, w2):
    out = sigmoid(np.dot(sigmoid(np.dot(x, w1)), w2))
    return (target - out) ** 2 / 2


step = 1e-30
delta_w_h_o = np.zeros(weights_hidden_output.shape)
for k in np.ndindex(delta_w_h_o.shape):
    w2 = weights_hidden_output.astype(complex)
    w2[k] += 1j * step
    delta_w_h_o[k] = -learnrate * loss(weights_input_hidden, w2).imag / step

delta_w_i_h = np.zeros(weights_input_hidden.shape)
for k in np.ndindex(delta_w_i_h.shape):
    w1 = weights_input_hidden.astype(complex)
    w1[k] += 1j * step
    delta_w_i_h[k] = -learnrate * loss(w1, weights_hidden_output).imag / step

print(delta_w_h_o)
print(delta_w_i_h)
