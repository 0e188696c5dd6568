import math
from data_prep import features, targets

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

print(weights)
