from functools import cached_property
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

class Net:
    @cached_property
    def hidden(self):
        return sigmoid(np.dot(x, weights_input_hidden))

    @cached_property
    def output(self):
        return sigmoid(np.dot(self.hidden, weights_hidden_output))

    @property
    def error(self):
        return target - self.output

    @property
    def output_error_term(self):
        return self.error * self.output * (1 - self.output)

    @property
    def hidden_error_term(self):
        return self.output_error_term * weights_hidden_output * self.hidden * (1 - self.hidden)


net = Net()
delta_w_h_o = learnrate * net.output_error_term * net.hidden
delta_w_i_h = learnrate * np.outer(x, net.hidden_error_term)
print(delta_w_h_o)
print(delta_w_i_h)
