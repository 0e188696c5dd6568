import csv
import numpy as np

class Adagrad:
    def __init__(self, size, rate):
        self.sums = np.zeros(size)
        self.rate = rate

    def __call__(self, w, g):
        self.sums = self.sums + g * g
        return w - self.rate * g / (self.sums + 1e-8)

with open("data.csv") as handle:
    rows = [[float(cell) for cell in row] for row in csv.reader(handle)]
X = np.array([row[:-1] for row in rows])
t = np.array([row[-1] for row in rows])
rate = 0.5
epochs = 8
weights = np.zeros(X.shape[1])
step = Adagrad(len(weights), rate)
losses = []
for _ in range(epochs):
    s = X.dot(weights)
    losses.append(np.mean(np.log(1 + np.exp(s)) - t * s))
    weights = step(weights, np.mean((1 / (1 + np.exp(-s)) - t)[:, None] * X, axis=0))
cache = step.sums
correct = np.count_nonzero((X.dot(weights) > 0) == (t == 1))
