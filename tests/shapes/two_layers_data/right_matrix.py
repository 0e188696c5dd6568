import numpy as np
from data_prep import features, targets, features_test, targets_test

np.random.seed(42)
sigmoid = lambda x: 1 / (1 + np.exp(-x))
n_hidden = 2
epochs = 12
learnrate = 0.9
n_records, n_features = features.shape
weights_input_hidden = np.random.normal(scale=1 / n_features ** .5, size=(n_features, n_hidden))
weights_hidden_output = np.random.normal(scale=1 / n_features ** .5, size=n_hidden)
for e in range(epochs):
    H = sigmoid(features @ weights_input_hidden)
    O = sigmoid(H @ weights_hidden_output)
    d2 = (targets - O) * O * (1 - O)
    d1 = np.outer(d2, weights_hidden_output) * H * (1 - H)
    weights_input_hidden = weights_input_hidden + learnrate * features.T @ d1 / n_records
    weights_hidden_output = weights_hidden_output + learnrate * H.T @ d2 / n_records
answers = sigmoid(sigmoid(features_test @ weights_input_hidden) @ weights_hidden_output)
accuracy = sum((answers > 0.5) == (targets_test > 0.5)) / len(targets_test)
