import numpy as np


def logistic(s):
    return 1 / (1 + np.exp(-s))


table = np.genfromtxt("data.csv", delimiter=",")
inputs, labels = table[:, :-1], table[:, -1]
rate = 0.5
epochs = 8

weights = np.zeros(inputs.shape[1])
cache = np.zeros_like(weights)
losses = []
for epoch in range(1, epochs + 1):
    p = logistic(inputs @ weights)
    # TODO: the mean cross entropy before this step
    loss = -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p))
    losses.append(loss)
    # TODO: its gradient
    gradient = inputs.T @ (p - labels) / len(labels)
    # TODO: Adagrad: remember the squares, divide by the root of their sum
    cache += gradient ** 2
    weights -= rate * gradient / (np.sqrt(cache) + 1e-8)
    if epoch % 4 == 0:
        print(f"{epoch}: {loss:.4f}")

correct = 0
for row, label in zip(inputs, labels):
    # TODO: count the records on the right side
    if row @ weights > 0:
        correct += 1
print(correct, "of", len(labels))
