import numpy as np


class NeuralNetwork:
    def __init__(self, weights_input_hidden, weights_hidden_output, learnrate):
        self.weights_input_hidden = weights_input_hidden.copy()
        self.weights_hidden_output = weights_hidden_output.copy()
        self.learnrate = learnrate
        self.activation = lambda z: 1 / (1 + np.exp(-z))

    def forward(self, x):
        hidden = self.activation(np.matmul(x, self.weights_input_hidden))
        return hidden, np.matmul(hidden, self.weights_hidden_output)

    def run(self, features):
        return np.array([self.forward(x)[1] for x in features])

    def backward(self, x, y):
        hidden, out = self.forward(x)
        share_h_o = (y - out) * hidden
        share_i_h = np.outer(x, (y - out) * self.weights_hidden_output * hidden * (1 - hidden))
        return share_i_h, share_h_o

    def train(self, features, targets):
        shares = [self.backward(x, y) for x, y in zip(features, targets)]
        self.weights_input_hidden += self.learnrate * np.mean([s[0] for s in shares], axis=0)
        self.weights_hidden_output += self.learnrate * np.mean([s[1] for s in shares], axis=0)
