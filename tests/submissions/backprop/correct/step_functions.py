import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])

weights_hidden_output = np.array([0.1, -0.3])

## Forward pass
hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)

output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

def get_error(t, o): return t - o
def get_output_term(e, o): return e * o * (1 - o)
def get_hidden_term(t, w, h): return t * w * h * (1 - h)
def get_delta(rate, term, inp):
    """vector inp and scalar or vector term"""
    return rate * np.multiply.outer(inp, term)

error = get_error(target, output)
output_error_term = get_output_term(error, output)
hidden_error_term = get_hidden_term(output_error_term, weights_hidden_output, hidden_layer_output)
delta_w_h_o = get_delta(learnrate, output_error_term, hidden_layer_output)
delta_w_i_h = get_delta(learnrate, hidden_error_term, x)

print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
