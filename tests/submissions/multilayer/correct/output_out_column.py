import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


X = np.array([0.5, -0.1, 0.6, 1.5])

weights_input_to_hidden = np.array([[-0.02, -0.03, 0.16],
                                    [0.08, -0.05, 0.05],
                                    [-0.04, -0.07, 0.02],
                                    [0.02, -0.19, -0.17]])

weights_hidden_to_output = np.array([[-0.06, -0.1],
                                     [0.03, -0.09],
                                     [-0.14, 0.15]])

hidden_layer_in = np.dot(X, weights_input_to_hidden)
hidden_layer_out = sigmoid(hidden_layer_in)
output_layer_in = np.dot(hidden_layer_out, weights_hidden_to_output)
output_layer_out = sigmoid(output_layer_in)[:, None]
print('Output-layer Output:')
print(output_layer_out)
