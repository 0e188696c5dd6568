import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# Two inputs, one hidden unit, one output unit
x = np.array([0.1, 0.3])
target = 1.0
learnrate = 0.5

weights_input_hidden = np.array([0.4, -0.2])
weight_hidden_output = 0.1

# Forward pass
hidden_input = np.dot(x, weights_input_hidden)
hidden_output = sigmoid(hidden_input)

output = sigmoid(weight_hidden_output * hidden_output)

# Backward pass
# TODO: the error of the output
error = None

# TODO: the error term of the output unit
output_error_term = None

# TODO: the error term of the hidden unit
hidden_error_term = None

# TODO: the change of the weight between hidden unit and output unit (a number)
delta_w_h_o = None

# TODO: the changes of the weights between the inputs and the hidden unit
delta_w_i_h = None

print('hidden to output:', delta_w_h_o)
print('inputs to hidden:', delta_w_i_h)
