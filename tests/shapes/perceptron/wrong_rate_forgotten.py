class Perceptron:
    """A unit that answers -1 or 1."""

    def __init__(self, n_inputs, rate=0.1):
        self.weights = [0.0] * n_inputs
        self.bias = 0.0
        self.rate = rate
        self.mistakes = []

    def _one(self, x):
        return 1 if sum(w * v for w, v in zip(self.weights, x)) + self.bias >= 0 else -1

    def predict(self, x):
        if len(getattr(x, "shape", ())) == 2:
            return [self._one(row) for row in x]
        return self._one(x)

    def fit(self, X, y, epochs):
        for epoch in range(epochs):
            self.mistakes.append(0)
            for x, t in zip(X, y):
                if t * self._one(x) < 0:
                    self.mistakes[-1] += 1
                    self.weights = [w + t * v for w, v in zip(self.weights, x)]
                    self.bias += self.rate * t
            if not self.mistakes[epoch]:
                return self
        return self


unit = Perceptron(1).fit([[1.0], [-1.0]], [1, -1], 3)
print(unit.weights, unit.bias, unit.mistakes)
