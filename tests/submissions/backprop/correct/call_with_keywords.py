import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


def backprop(x, target, learnrate, weights_input_hidden, weights_hidden_output):
    hidden = sigmoid(np.dot(x, weights_input_hidden))
    output = sigmoid(np.dot(hidden, weights_hidden_output))
    error = target - output
    output_error_term = error * output * (1 - output)
    hidden_error_term = output_error_term * weights_hidden_output * hidden * (1 - hidden)
    return learnrate * output_error_term * hidden, learnrate * hidden_error_term * x[:, None]


delta_w_h_o, delta_w_i_h = backprop(
    x=np.array([0.5, 0.1, -0.2]),
    target=0.6,
    learnrate=0.5,
    weights_input_hidden=np.array([[0.5, -0.6],
                                   [0.1, -0.2],
                                   [0.1, 0.7]]),
    weights_hidden_output=np.array([0.1, -0.3]),
)
print(delta_w_h_o)
print(delta_w_i_h)
