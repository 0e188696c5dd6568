import numpy as np

class NeuralNetwork(object):
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_input_to_hidden = np.random.normal(0.0, input_nodes**-0.5, (input_nodes, hidden_nodes))
        self.weights_hidden_to_output = np.random.normal(0.0, hidden_nodes**-0.5, (hidden_nodes, output_nodes))
        self.lr = learning_rate

    def sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def hidden(self, X):
        return self.sigmoid(X @ self.weights_input_to_hidden)

    def train(self, features, targets):
        d1 = np.zeros(self.weights_input_to_hidden.shape)
        d2 = np.zeros(self.weights_hidden_to_output.shape)
        for X, y in zip(features, targets):
            out, h = self.forward_pass_train(X)
            d1, d2 = self.backpropagation(out, h, X, y, d1, d2)
        self.update_weights(d1, d2, len(features))

    def forward_pass_train(self, X):
        h = self.hidden(X)
        return h @ self.weights_hidden_to_output, h

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_i_h, delta_h_o):
        h = self.hidden(X)
        e = y - final_outputs
        term = self.weights_hidden_to_output @ e * (h - h ** 2)
        return delta_i_h + np.outer(X, term), delta_h_o + np.outer(h, e)

    def update_weights(self, delta_i_h, delta_h_o, n_records):
        step = self.lr / n_records
        self.weights_hidden_to_output = self.weights_hidden_to_output + step * delta_h_o
        self.weights_input_to_hidden = self.weights_input_to_hidden + step * delta_i_h

    def run(self, features):
        return self.hidden(features) @ self.weights_hidden_to_output
