import numpy as np


class NeuralNetwork(object):
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_input_to_hidden = np.random.normal(0.0, input_nodes**-0.5, (input_nodes, hidden_nodes))
        self.weights_hidden_to_output = np.random.normal(0.0, hidden_nodes**-0.5, (hidden_nodes, output_nodes))
        self.lr = learning_rate
        def sigmoid(x):
            return 1 / (1 + np.exp(-x))
        self.activation_function = sigmoid

    def train(self, features, targets):
        n = features.shape[0]
        out, hidden = self.forward_pass_train(features)
        error = out - targets
        term = np.dot(error, self.weights_hidden_to_output.T) * hidden * (1 - hidden)
        self.weights_hidden_to_output += self.lr / n * np.dot(hidden.T, error)
        self.weights_input_to_hidden += self.lr / n * np.dot(features.T, term)

    def forward_pass_train(self, X):
        hidden = self.activation_function(np.matmul(X, self.weights_input_to_hidden))
        return np.matmul(hidden, self.weights_hidden_to_output), hidden

    def run(self, features):
        return self.forward_pass_train(features)[0]
