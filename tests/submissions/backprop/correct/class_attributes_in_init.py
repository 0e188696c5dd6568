import numpy as np


class Network:
    def __init__(self):
        self.x = np.array([0.5, 0.1, -0.2])
        self.target = 0.6
        self.learnrate = 0.5
        self.weights_input_hidden = np.array([[0.5, -0.6],
                                              [0.1, -0.2],
                                              [0.1, 0.7]])
        self.weights_hidden_output = np.array([0.1, -0.3])

    def sigmoid(self, z):
        return 1 / (1 + np.exp(-z))

    def forward(self):
        self.hidden = self.sigmoid(np.dot(self.x, self.weights_input_hidden))
        self.output = self.sigmoid(np.dot(self.hidden, self.weights_hidden_output))

    def backward(self):
        error = self.target - self.output
        output_error_term = error * self.output * (1 - self.output)
        hidden_error_term = output_error_term * self.weights_hidden_output * self.hidden * (1 - self.hidden)
        delta_w_h_o = self.learnrate * output_error_term * self.hidden
        delta_w_i_h = self.learnrate * hidden_error_term * self.x[:, None]
        return delta_w_h_o, delta_w_i_h


net = Network()
net.forward()
delta_w_h_o, delta_w_i_h = net.backward()
print(delta_w_h_o)
print(delta_w_i_h)
