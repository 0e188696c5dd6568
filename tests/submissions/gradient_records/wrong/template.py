import numpy as np

from data_prep import features, targets, features_test, targets_test


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
        output = None

        # TODO: how far the target is from it
        error = None

        # TODO: the error term, with the slope of the sigmoid
        error_term = None

        # TODO: add this record's share to the change of the weights
        pass

    # TODO: change the weights by the mean over the records
    weights = None

# TODO: the outputs for the test records, all at once
sums_test = None
outputs_test = None

# TODO: their mean squared error
loss = None

# TODO: the share of test records for which output and target lie on the same side of 0.5
accuracy = None

print('Weights:', weights)
print('Loss on the test records:', loss)
print('Accuracy:', accuracy)
