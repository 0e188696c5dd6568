import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


def make_network(weights_input_hidden, weights_hidden_output):
    def forward(x):
        h = sigmoid(np.dot(x, weights_input_hidden))
        return h, sigmoid(np.dot(h, weights_hidden_output))

    def backward(x, target, learnrate):
        h, out = forward(x)
        term = (target - out) * out * (1 - out)
        hterm = term * weights_hidden_output * h * (1 - h)
        return learnrate * term * h, learnrate * np.outer(x, hterm)

    return backward


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

backward = make_network(weights_input_hidden, weights_hidden_output)
delta_w_h_o, delta_w_i_h = backward(x, target, learnrate)
print(delta_w_h_o)
print(delta_w_i_h)
