import numpy as np

table = np.loadtxt("data.csv", delimiter=",")
n, d = table.shape[0], table.shape[1] - 1
rate = 0.5
epochs = 8

weights = np.zeros(d)
cache = np.zeros(d)
losses = []
for epoch in range(epochs):
    gradient = np.zeros(d)
    loss = 0
    for record in table:
        x, y = record[:d], record[d]
        p = 1 / (1 + np.exp(-np.dot(weights, x)))
        loss += -np.log(p) if y == 1 else -np.log(1 - p)
        gradient += (p - y) * x
    losses.append(loss / n)
    gradient /= n
    for j in range(d):
        cache[j] += gradient[j] ** 2
        weights[j] -= rate * gradient[j] / (cache[j] ** 0.5 + 1e-8)
correct = sum(int((np.dot(weights, r[:d]) > 0) == (r[d] > 0.5)) for r in table)
