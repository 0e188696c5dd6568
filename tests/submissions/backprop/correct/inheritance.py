import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


class Layer:
    def __init__(self, weights):
        self.weights = weights

    def forward(self, inputs):
        self.inputs = inputs
        self.out = sigmoid(np.dot(inputs, self.weights))
        return self.out

    def term(self, err):
        return err * self.out * (1 - self.out)

    def delta(self, rate, term):
        raise NotImplementedError


class Hidden(Layer):
    def delta(self, rate, term):
        return rate * np.outer(self.inputs, term)


class Output(Layer):
    def delta(self, rate, term):
        return rate * term * self.inputs


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

layers = [Hidden(weights_input_hidden), Output(weights_hidden_output)]
signal = x
for layer in layers:
    signal = layer.forward(signal)

error = target - signal
output_error_term = layers[1].term(error)
hidden_error_term = layers[0].term(output_error_term * layers[1].weights)
delta_w_h_o = layers[1].delta(learnrate, output_error_term)
delta_w_i_h = layers[0].delta(learnrate, hidden_error_term)
print(delta_w_h_o)
print(delta_w_i_h)
