import numpy as np
from data_prep import features, targets, features_test, targets_test

learnrate = 0.5
epochs = 10
weights = np.array([0.1, -0.2, 0.3])


def unit(records, w):
    return 1.0 / (1.0 + np.exp(-(records @ w)))


for _ in range(epochs):
    out = unit(features, weights)
    delta = (targets - out) * out * (1 - out)
    weights += learnrate * features.T @ delta / features.shape[0]

loss = ((unit(features_test, weights) - targets_test) ** 2).mean()
right = (unit(features_test, weights) >= 0.5).astype(int) == targets_test
accuracy = right.sum() / right.size
print(loss, accuracy)
