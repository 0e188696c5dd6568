# Exercise 5: ADALINE (adaptive linear neuron)
import numpy as np

np.random.seed(7)
X = np.random.randn(20, 2)
y = np.where(X[:, 0] - 0.5 * X[:, 1] > 0.2, 1, -1)

eta = 0.05
epochs = 5

w = np.zeros(X.shape[1])
b = 0.0
costs = []
for epoch in range(epochs):
    # TODO: net input of all samples
    net = X @ w + b
    # TODO: errors and cost (mean squared error)
    errors = y - net
    cost = (errors**2).mean()
    # TODO: update weights and bias
    w = w + eta * 2 * X.T @ errors / len(y)
    b = b + eta * 2 * errors.mean()
    costs.append(cost)
    print("epoch", epoch + 1, "cost", cost)

# TODO: predicted classes (+1 / -1) and number of misclassified samples
pred = np.where(X @ w >= 0, 1, -1)
wrong = int(np.sum(pred != y))

print("weights", w, "bias", b)
print("misclassified:", wrong)
