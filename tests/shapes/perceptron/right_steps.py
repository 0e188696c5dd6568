import numpy as np

class Perceptron:
    def __init__(self, n_inputs, rate=0.1):
        self.weights, self.bias, self.rate = np.zeros(n_inputs), 0, rate
        self.mistakes = []

    def total(self, x):
        return np.dot(x, self.weights) + self.bias

    def predict(self, x):
        return 1 - 2 * (self.total(x) < 0).astype(int)

    def fit(self, X, y, epochs):
        done = False
        while epochs > 0 and not done:
            before = 0
            for i in range(len(X)):
                difference = (y[i] - self.predict(X[i])) / 2
                self.weights = self.weights + difference * self.rate * X[i]
                self.bias = self.bias + difference * self.rate
                before += abs(int(difference))
            self.mistakes += [before]
            done = before == 0
            epochs -= 1
        return self
