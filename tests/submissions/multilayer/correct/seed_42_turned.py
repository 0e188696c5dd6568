import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


np.random.seed(42)
X = np.random.randn(4)
w1 = np.random.normal(0, scale=0.1, size=(3, 4))
w2 = np.random.normal(0, scale=0.1, size=(2, 3))

hidden_layer_in = w1 @ X
hidden_layer_out = sigmoid(hidden_layer_in)
output_layer_in = w2 @ hidden_layer_out
output_layer_out = sigmoid(output_layer_in)
