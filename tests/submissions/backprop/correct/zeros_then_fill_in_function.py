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

def backward():
    h = sigmoid(np.dot(x, weights_input_hidden))
    out = sigmoid(np.dot(h, weights_hidden_output))
    term = (target - out) * out * (1 - out)
    delta_w_h_o = np.zeros_like(weights_hidden_output)
    delta_w_i_h = np.zeros_like(weights_input_hidden)
    for j in range(len(h)):
        delta_w_h_o[j] = learnrate * term * h[j]
        for i in range(len(x)):
            delta_w_i_h[i, j] = learnrate * term * weights_hidden_output[j] * h[j] * (1 - h[j]) * x[i]
    print(delta_w_h_o)
    print(delta_w_i_h)


backward()
