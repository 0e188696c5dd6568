import numpy as np


class NeuralNetwork(object):
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_input_to_hidden = np.random.normal(0.0, input_nodes**-0.5, (input_nodes, hidden_nodes))
        self.weights_hidden_to_output = np.random.normal(0.0, hidden_nodes**-0.5, (hidden_nodes, output_nodes))
        self.lr = learning_rate
        #### TODO: Set self.activation_function to the sigmoid
        self.activation_function = lambda x: 1 / (1 + np.exp(-x))

    def train(self, features, targets):
        delta_i_h = np.zeros(self.weights_input_to_hidden.shape)
        delta_h_o = np.zeros(self.weights_hidden_to_output.shape)
        for X, y in zip(features, targets):
            final, hidden = self.forward_pass_train(X)
            delta_i_h, delta_h_o = self.backpropagation(final, hidden, X, y, delta_i_h, delta_h_o)
        self.update_weights(delta_i_h, delta_h_o, features.shape[0])

    def forward_pass_train(self, X):
        # TODO: the hidden layer's outputs, and the output unit, f(x) = x
        hidden_outputs = self.activation_function(np.dot(X, self.weights_input_to_hidden))
        final_outputs = np.dot(hidden_outputs, self.weights_hidden_to_output)
        return final_outputs, hidden_outputs

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_i_h, delta_h_o):
        # TODO: Output error
        error = y - final_outputs
        # TODO: Hidden layer's contribution to the error
        hidden_error = np.dot(self.weights_hidden_to_output, error)
        hidden_error_term = hidden_error
        # TODO: Weight steps
        delta_i_h += hidden_error_term * X[:, None]
        delta_h_o += error * hidden_outputs[:, None]
        return delta_i_h, delta_h_o

    def update_weights(self, delta_i_h, delta_h_o, n_records):
        # TODO: Update the weights with a gradient descent step
        self.weights_hidden_to_output += self.lr * delta_h_o / n_records
        self.weights_input_to_hidden += self.lr * delta_i_h / n_records

    def run(self, features):
        # TODO: Forward pass
        final_outputs, _ = self.forward_pass_train(features)
        return final_outputs


# Example
features = np.array([[0.5, -0.2, 0.1], [0.3, 0.8, -0.6], [-0.4, 0.1, 0.9]])
targets = np.array([[0.4], [-0.1], [0.7]])
w_i_h = np.array([[0.1, -0.2], [0.4, 0.5], [-0.3, 0.2]])
w_h_o = np.array([[0.3], [-0.1]])
rate = 0.5
network = NeuralNetwork(3, 2, 1, rate)
network.weights_input_to_hidden = w_i_h.copy()
network.weights_hidden_to_output = w_h_o.copy()
before = network.run(features)
network.train(features, targets)
new_w_i_h = network.weights_input_to_hidden
new_w_h_o = network.weights_hidden_to_output
after = network.run(features)
print(before, after, sep="\n")
