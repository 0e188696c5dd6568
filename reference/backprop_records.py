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
        hidden_output = sigmoid(np.dot(x, weights_input_hidden))

        # TODO: the output of the network
        output = sigmoid(np.dot(hidden_output, weights_hidden_output))

        ## Backward pass
        # TODO: the error of the output
        error = y - output

        # TODO: the error term of the output unit
        output_error_term = error * output * (1 - output)

        # TODO: the error terms of the hidden units
        hidden_error_term = output_error_term * weights_hidden_output * hidden_output * (1 - hidden_output)

        # TODO: add this record's share to both changes
        del_w_hidden_output += output_error_term * hidden_output
        del_w_input_hidden += hidden_error_term * x[:, None]

    # TODO: change both layers of weights by the mean over the records
    weights_input_hidden = weights_input_hidden + learnrate * del_w_input_hidden / len(features)
    weights_hidden_output = weights_hidden_output + learnrate * del_w_hidden_output / len(features)

print(weights_input_hidden)
print(weights_hidden_output)
