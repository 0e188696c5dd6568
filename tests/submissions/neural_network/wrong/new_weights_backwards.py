import numpy as np
class NeuralNetwork:
    def __init__(self, weights_input_hidden, weights_hidden_output, learnrate):
        self.weights_input_hidden = np.array(weights_input_hidden)
        self.weights_hidden_output = np.array(weights_hidden_output)
        self.lr = learnrate

    def sig(self, z): return 1 / (1 + np.exp(-z))
    def run(self, features):
        return self.sig(features @ self.weights_input_hidden) @ self.weights_hidden_output
    def train(self, features, targets):
        h = self.sig(features @ self.weights_input_hidden)
        e = targets - h @ self.weights_hidden_output
        n = len(features)
        self.weights_hidden_output = self.weights_hidden_output + self.lr * h.T @ e / n
        t = e[:, None] * self.weights_hidden_output * h * (1 - h)
        self.weights_input_hidden = self.weights_input_hidden + self.lr * features.T @ t / n
