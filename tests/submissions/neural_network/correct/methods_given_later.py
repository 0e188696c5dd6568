import numpy as np


class NeuralNetwork:
    """A layer of sigmoid units between the inputs and one output that is a plain sum."""

    def __init__(self, weights_input_hidden, weights_hidden_output, learnrate):
        """Take the weights, (inputs, hidden) and (hidden,), and the learning rate."""
        self.weights_input_hidden = weights_input_hidden.copy()
        self.weights_hidden_output = weights_hidden_output.copy()
        self.learnrate = learnrate

    def activation(self, z):
        """Bring any number into the range from 0 to 1."""
        # TODO: the sigmoid
        return 1 / (1 + np.exp(-z))

    def run(self, features):
        """Return the network's output for each record."""
        # TODO: what the hidden units give
        hidden = self.activation(features @ self.weights_input_hidden)

        # TODO: the output unit adds up and has no activation function
        outputs = hidden @ self.weights_hidden_output
        return outputs


def train(self, features, targets):
    """Change the weights once, by the mean over the records."""
    change_input_hidden = np.zeros(self.weights_input_hidden.shape)
    change_hidden_output = np.zeros(self.weights_hidden_output.shape)
    for x, y in zip(features, targets):
        # TODO: forward, as in run, for one record
        hidden = self.activation(x @ self.weights_input_hidden)
        output = hidden @ self.weights_hidden_output

        # TODO: the error, and the error term of an output without activation function
        error = y - output
        output_term = error

        # TODO: the error terms of the hidden units
        hidden_error = output_term * self.weights_hidden_output
        hidden_term = hidden_error * hidden * (1 - hidden)

        # TODO: add this record's share to both changes
        change_hidden_output += output_term * hidden
        change_input_hidden += hidden_term * x[:, None]

    # TODO: a step of the learning rate, by the mean over the records
    self.weights_hidden_output += self.learnrate * change_hidden_output / len(features)
    self.weights_input_hidden += self.learnrate * change_input_hidden / len(features)


NeuralNetwork.train = train
NeuralNetwork.activation = staticmethod(lambda z: 1 / (1 + np.exp(-z)))

# Example
features = np.array([[0.5, -0.2, 0.1], [1.0, 0.3, -0.6], [-0.4, 0.8, 0.7], [0.2, -1.1, 0.4]])
targets = np.array([0.4, -0.3, 0.9, 0.1])
weights_input_hidden = np.array([[0.1, -0.2], [0.4, 0.5], [-0.3, 0.2]])
weights_hidden_output = np.array([0.3, -0.1])
learnrate = 0.5

network = NeuralNetwork(weights_input_hidden, weights_hidden_output, learnrate)
outputs = network.run(features)
network.train(features, targets)
new_input_hidden = network.weights_input_hidden
new_hidden_output = network.weights_hidden_output
network.train(features, targets)
trained_outputs = network.run(features)
print(outputs, new_input_hidden, new_hidden_output, trained_outputs)
