import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


# Four inputs, three hidden units, two outputs
X = np.array([0.5, -0.1, 0.6, 1.5])

weights_input_to_hidden = np.array([[-0.02, -0.03, 0.16],
                                    [0.08, -0.05, 0.05],
                                    [-0.04, -0.07, 0.02],
                                    [0.02, -0.19, -0.17]])

weights_hidden_to_output = np.array([[-0.06, -0.1],
                                     [0.03, -0.09],
                                     [-0.14, 0.15]])

# Forward pass through the network
# TODO: the input of the hidden layer
hidden_layer_in = None

# TODO: the output of the hidden layer
hidden_layer_out = None

# TODO: the input of the output layer
output_layer_in = None

# TODO: the output of the network
output_layer_out = None

print('Hidden-layer Output:')
print(hidden_layer_out)
print('Output-layer Output:')
print(output_layer_out)
