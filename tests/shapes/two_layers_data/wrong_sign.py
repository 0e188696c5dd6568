import numpy as np
from data_prep import features, targets, features_test, targets_test

np.random.seed(42)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def forward(x, w1, w2):
    h = sigmoid(x @ w1)
    return h, sigmoid(h @ w2)

def slope(o):
    return o * (1 - o)

# Hyperparameters
n_hidden = 2
epochs = 12
learnrate = 0.9

n_records, n_features = features.shape
w1 = np.random.normal(scale=1 / n_features ** .5, size=(n_features, n_hidden))
w2 = np.random.normal(scale=1 / n_features ** .5, size=n_hidden)

for e in range(epochs):
    grad1, grad2 = 0, 0
    for i in range(n_records):
        x, y = features[i], targets[i]
        h, out = forward(x, w1, w2)
        delta2 = (out - y) * slope(out)
        delta1 = delta2 * w2 * slope(h)
        grad2 = grad2 + delta2 * h
        grad1 = grad1 + np.outer(x, delta1)
    w1 += learnrate * grad1 / n_records
    w2 -= learnrate * grad2 / n_records
weights_input_hidden, weights_hidden_output = w1, w2
hits = 0
for x, y in zip(features_test, targets_test):
    hits += int(round(forward(x, w1, w2)[1])) == y
accuracy = hits / len(targets_test)
print("accuracy", accuracy)
