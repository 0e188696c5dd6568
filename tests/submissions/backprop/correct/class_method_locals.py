import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


class BackProp(object):
    def compute(self):
        x = np.array([0.5, 0.1, -0.2])
        target = 0.6
        learnrate = 0.5
        weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
        weights_hidden_output = np.array([0.1, -0.3])
        a1 = sigmoid(np.dot(x, weights_input_hidden))
        a2 = sigmoid(np.dot(a1, weights_hidden_output))
        error = target - a2
        output_error_term = error * a2 * (1 - a2)
        hidden_error_term = output_error_term * weights_hidden_output * a1 * (1 - a1)
        delta_w_h_o = learnrate * output_error_term * a1
        delta_w_i_h = learnrate * hidden_error_term * x[:, None]
        print(delta_w_h_o)
        print(delta_w_i_h)


BackProp().compute()
