import math
import numpy as np
from data_prep import targets, features_test, targets_test
features = np.array([[0.2, -1.1, 0.5], [1.3, 0.4, -0.7], [-0.6, 0.9, 1.2], [0.8, -0.3, -1.4], [-1.2, 0.1, 0.3]])

learnrate = 0.5
epochs = 10
weights = [0.1, -0.2, 0.3]

for epoch in range(epochs):
    change = [0.0] * len(weights)
    for record, target in zip(features, targets):
        total = sum(a * b for a, b in zip(record, weights))
        out = 1 / (1 + math.exp(-total))
        term = (target - out) * out * (1 - out)
        for i in range(len(weights)):
            change[i] += term * record[i]
    for i in range(len(weights)):
        weights[i] += learnrate * change[i] / len(features)

loss, hits = 0, 0
for record, target in zip(features_test, targets_test):
    out = 1 / (1 + math.exp(-sum(a * b for a, b in zip(record, weights))))
    loss += (target - out) ** 2 / len(targets_test)
    hits += round(out) == target
accuracy = hits / len(targets_test)
print(weights, loss, accuracy)
