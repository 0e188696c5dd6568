import numpy as np

from data_prep import features, targets


def sigmoid(z):
    """Bring any number into the range from 0 to 1."""
    return 1 / (1 + np.exp(-z))


learnrate = 0.4
epochs = 6
weights_input_hidden = np.array([[0.2, -0.5], [0.4, 0.1], [-0.3, 0.6]])
weights_hidden_output = np.array([0.7, -0.2])

for epoch in range(epochs):
    del_w_input_hidden = np.zeros(weights_input_hidden.shape)
    del_w_hidden_output = np.zeros(weights_hidden_output.shape)
    for x, y in zip(features, targets):
        ## Forward pass
        # TODO: the outputs of the hidden units
        hidden_output = None

        # TODO: the output of the network
        output = None

        ## Backward pass
        # TODO: the error of the output
        error = None

        # TODO: the error term of the output unit
        output_error_term = None

        # TODO: the error terms of the hidden units
        hidden_error_term = None

        # TODO: add this record's share to both changes
        pass

    # TODO: change both layers of weights by the mean over the records
    weights_input_hidden = None
    weights_hidden_output = None

print(weights_input_hidden)
print(weights_hidden_output)
