import numpy as np

features = np.array([[0.2, -1.1, 0.5], [1.3, 0.4, -0.7], [-0.6, 0.9, 1.2], [0.8, -0.3, -1.4], [-1.2, 0.1, 0.3]])
targets = np.array([0, 1, 0, 1, 0])
features_test = np.array([[0.9, 0.2, -0.5], [-0.7, 1.1, 0.6], [0.4, -0.8, -1.0], [-0.3, 0.6, 1.3]])
targets_test = np.array([1, 0, 1, 0])


def sigmoid(z):
    """Bring any number into the range from 0 to 1."""
    return 1 / (1 + np.exp(-z))


learnrate = 0.5
epochs = 10
weights = np.array([0.1, -0.2, 0.3])

for epoch in range(epochs):
    del_w = np.zeros(weights.shape)
    for x, y in zip(features, targets):
        # TODO: the output of the unit for this record
        output = sigmoid(np.dot(x, weights))

        # TODO: how far the target is from it
        error = y - output

        # TODO: the error term, with the slope of the sigmoid
        error_term = error * output * (1 - output)

        # TODO: add this record's share to the change of the weights
        del_w += error_term * x

    # TODO: change the weights by the mean over the records
    weights = weights + learnrate * del_w / len(features)

# TODO: the outputs for the test records, all at once
sums_test = np.dot(features_test, weights)
outputs_test = sigmoid(sums_test)

# TODO: their mean squared error
loss = np.mean((targets_test - outputs_test) ** 2)

# TODO: the share of test records for which output and target lie on the same side of 0.5
accuracy = np.mean((outputs_test > 0.5) == targets_test)

print('Weights:', weights)
print('Loss on the test records:', loss)
print('Accuracy:', accuracy)
