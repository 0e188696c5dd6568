import numpy as np
from data_prep import features, targets, features_test, targets_test
learnrate = 0.5; epochs = 10
weights = np.array([0.1, -0.2, 0.3])
sigmoid = lambda z: 1 / (1 + np.exp(-z))
for i in range(epochs):
    o = sigmoid(features @ weights)
    weights += learnrate * (features * ((targets - o) * o * (1 - o))[:, None]).mean(axis=0)
outputs_test = sigmoid(features_test @ weights)
loss = np.mean((outputs_test - targets_test) ** 2)
accuracy = 100 * np.mean((outputs_test > 0.5) == targets_test)
