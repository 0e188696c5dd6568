import numpy as np


class TwoLayerNetwork:
    """inputs -> hidden (sigmoid) -> one output (sigmoid)"""

    def __init__(self, weights_input_hidden, weights_hidden_output, learnrate):
        self.w1 = weights_input_hidden
        self.w2 = weights_hidden_output
        self.lr = learnrate

    @staticmethod
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    def forward(self, x):
        self.x = x
        self.z1 = np.dot(x, self.w1)
        self.a1 = self.sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.w2)
        self.y_hat = self.sigmoid(self.z2)
        return self.y_hat

    def backward(self, target):
        error = target - self.y_hat
        output_error_term = error * self.y_hat * (1 - self.y_hat)
        hidden_error_term = output_error_term * self.w2[0] * self.a1 * (1 - self.a1)
        delta_w_h_o = self.lr * output_error_term * self.a1
        delta_w_i_h = self.lr * hidden_error_term * self.x[:, None]
        return delta_w_h_o, delta_w_i_h


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

net = TwoLayerNetwork(weights_input_hidden, weights_hidden_output, learnrate)
net.forward(x)
delta_w_h_o, delta_w_i_h = net.backward(target)
print(delta_w_h_o)
print(delta_w_i_h)
