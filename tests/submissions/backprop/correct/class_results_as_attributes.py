import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


class Backprop:
    def __init__(self, x, target, learnrate, weights_input_hidden, weights_hidden_output):
        self.x = x
        self.target = target
        self.learnrate = learnrate
        self.weights_input_hidden = weights_input_hidden
        self.weights_hidden_output = weights_hidden_output

    def forward(self):
        self.hidden_layer_output = sigmoid(np.dot(self.x, self.weights_input_hidden))
        self.output = sigmoid(np.dot(self.hidden_layer_output, self.weights_hidden_output))

    def backward(self):
        self.error = self.target - self.output
        self.output_error_term = self.error * self.output * (1 - self.output)
        self.hidden_error_term = np.dot(self.output_error_term, self.weights_hidden_output) * \
            self.hidden_layer_output * (1 - self.hidden_layer_output)
        self.delta_w_h_o = self.learnrate * self.output_error_term * self.hidden_layer_output
        self.delta_w_i_h = self.learnrate * self.hidden_error_term * self.x[:, None]


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

bp = Backprop(x, target, learnrate, weights_input_hidden, weights_hidden_output)
bp.forward()
bp.backward()
print(bp.delta_w_h_o)
print(bp.delta_w_i_h)
