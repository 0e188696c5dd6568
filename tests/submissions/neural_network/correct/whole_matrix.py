import numpy as np


class NeuralNetwork(object):
    def __init__(self, weights_input_hidden, weights_hidden_output, learnrate):
        self.weights_input_hidden = np.array(weights_input_hidden)
        self.weights_hidden_output = np.array(weights_hidden_output)
        self.lr = learnrate

    def _hidden(self, X):
        return 1 / (1 + np.exp(-np.dot(X, self.weights_input_hidden)))

    def run(self, X):
        return np.dot(self._hidden(X), self.weights_hidden_output)

    def train(self, X, y):
        h = self._hidden(X)
        e = y - self.run(X)
        d = np.outer(e, self.weights_hidden_output) * h * (1 - h)
        self.weights_input_hidden = self.weights_input_hidden + self.lr * X.T.dot(d) / len(X)
        self.weights_hidden_output = self.weights_hidden_output + self.lr * h.T.dot(e) / len(X)
