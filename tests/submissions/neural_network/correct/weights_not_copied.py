import numpy as np
class NeuralNetwork:
    def __init__(self, w1, w2, lr):
        self.weights_input_hidden = w1
        self.weights_hidden_output = w2
        self.lr = lr
    def run(self, X):
        return 1 / (1 + np.exp(-(X @ self.weights_input_hidden))) @ self.weights_hidden_output
    def train(self, X, y):
        h = 1 / (1 + np.exp(-(X @ self.weights_input_hidden)))
        e = y - h @ self.weights_hidden_output
        d1 = X.T @ (e[:, None] * self.weights_hidden_output * h * (1 - h))
        self.weights_hidden_output += self.lr * (h.T @ e) / len(X)
        self.weights_input_hidden += self.lr * d1 / len(X)
