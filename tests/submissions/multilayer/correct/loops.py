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

hidden_layer_out = []
for column in range(weights_input_to_hidden.shape[1]):
    total = 0.0
    for row in range(len(X)):
        total += X[row] * weights_input_to_hidden[row, column]
    hidden_layer_out.append(sigmoid(total))

output_layer_out = []
for column in range(weights_hidden_to_output.shape[1]):
    total = 0.0
    for row in range(len(hidden_layer_out)):
        total += hidden_layer_out[row] * weights_hidden_to_output[row, column]
    output_layer_out.append(sigmoid(total))
