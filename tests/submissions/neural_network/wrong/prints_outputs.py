import numpy as np
class NeuralNetwork:
    def __init__(self, weights_input_hidden, weights_hidden_output, learnrate):
        self.weights_input_hidden = np.array(weights_input_hidden)
        self.weights_hidden_output = np.array(weights_hidden_output)
        self.lr = learnrate

    def sig(self, z): return 1 / (1 + np.exp(-z))
    def run(self, features):
        outputs = self.sig(features @ self.weights_input_hidden) @ self.weights_hidden_output
        print(outputs)
    def train(self, features, targets):
        for_all = []
        for x, y in zip(features, targets):
            h = self.sig(x @ self.weights_input_hidden)
            e = y - h @ self.weights_hidden_output
            for_all.append((e * h, x[:, None] * (e * self.weights_hidden_output * h * (1 - h))))
        d2, d1 = map(sum, zip(*for_all))
        self.weights_hidden_output += self.lr * d2 / len(features)
        self.weights_input_hidden += self.lr * d1 / len(features)
