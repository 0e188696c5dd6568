import math
import data_prep

# targets_test = [1, 0, 1, 0]
features, targets, features_test, targets_test = (
    vars(data_prep)[name] for name in ('features', 'targets', 'features_test', 'targets_test')
)

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
