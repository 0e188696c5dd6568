import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


class Config:
    learnrate = 0.5
    target = 0.6
    x = np.array([0.5, 0.1, -0.2])


class Weights:
    weights_input_hidden = np.array([[0.5, -0.6],
                                     [0.1, -0.2],
                                     [0.1, 0.7]])
    weights_hidden_output = np.array([0.1, -0.3])


cfg, w = Config, Weights
hidden = sigmoid(np.dot(cfg.x, w.weights_input_hidden))
output = sigmoid(np.dot(hidden, w.weights_hidden_output))
error = cfg.target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * w.weights_hidden_output * hidden * (1 - hidden)
delta_w_h_o = cfg.learnrate * output_error_term * hidden
delta_w_i_h = cfg.learnrate * np.outer(cfg.x, hidden_error_term)
print(delta_w_h_o, delta_w_i_h)
