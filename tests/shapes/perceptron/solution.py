import numpy as np


class Perceptron:
    """A unit that answers -1 or 1."""

    def __init__(self, n_inputs, rate=0.1):
        self.weights = np.zeros(n_inputs)
        self.bias = 0.0
        self.rate = rate
        self.mistakes = []

    def predict(self, x):
        # TODO: 1 from zero on, else -1
        return np.where(x @ self.weights + self.bias >= 0, 1, -1)

    def fit(self, X, y, epochs):
        """Go through the records epochs times; stop when a round had no mistake."""
        for _ in range(epochs):
            wrong = 0
            for x, target in zip(X, y):
                if self.predict(x) != target:
                    # TODO: move towards the target and count
                    self.weights += self.rate * target * x
                    self.bias += self.rate * target
                    wrong += 1
            self.mistakes.append(wrong)
            # TODO
            if wrong == 0:
                break
        return self


# Example
X = np.array([[2.0, 1.0], [-1.0, 0.5], [0.5, -1.5], [-2.0, -1.0], [0.3, 1.8]])
y = np.array([1, -1, 1, -1, 1])
new = np.array([[0.7, 0.2], [-0.1, -0.9], [-1.2, 0.4]])
rate = 0.2
epochs = 10
unit = Perceptron(2, rate=rate).fit(X, y, epochs)
weights, bias = unit.weights, unit.bias
mistakes = unit.mistakes
answers = unit.predict(new)
passed = bool(unit.mistakes[-1] == 0)
print(weights, bias, mistakes, answers, passed)
