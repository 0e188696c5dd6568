import numpy as np
from data_prep import features, targets


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(x, w_i_h, w_h_o):
    hidden = sigmoid(x @ w_i_h)
    return hidden, sigmoid(hidden @ w_h_o)


def backward(x, y, hidden, out, w_h_o):
    term = (y - out) * out * (1 - out)
    return term * hidden, np.outer(x, term * w_h_o * hidden * (1 - hidden))


learnrate = 0.4
epochs = 6
w_i_h = np.array([[0.2, -0.5], [0.4, 0.1], [-0.3, 0.6]])
w_h_o = np.array([0.7, -0.2])

for epoch in range(epochs):
    sums = [0, 0]
    for x, y in zip(features, targets):
        hidden, out = forward(x, w_i_h, w_h_o)
        for i, part in enumerate(backward(x, y, hidden, out, w_h_o)):
            sums[i] = sums[i] + part
    w_h_o += learnrate * sums[0] / features.shape[0]
    w_i_h += learnrate * sums[1] / features.shape[0]
print(w_i_h, w_h_o)
