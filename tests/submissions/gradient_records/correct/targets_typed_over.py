import numpy as np
from data_prep import features, targets, features_test, targets_test

targets_test = np.array([1, 0, 0, 1])
sigmoid = lambda z: 1 / (1 + np.exp(-z))
weights = np.array([0.1, -0.2, 0.3])
epochs = 10
learnrate = 0.5
for e in range(epochs):
    out = sigmoid(features @ weights)
    weights = weights + learnrate * ((targets - out) * out * (1 - out)) @ features / len(features)
outputs_test = sigmoid(features_test @ weights)
loss = np.mean((targets_test - outputs_test) ** 2)
accuracy = np.mean((outputs_test > 0.5) == targets_test)
print(weights, loss, accuracy)
