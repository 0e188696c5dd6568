# 2.2.7 Backpropagation
# My notes:
#   first the forward pass (given), then go back step by step
#   the shapes must match: (3,) (3,2) (2,)
import numpy as np

def sigmoid(x):
    y = 1 / (1 + np.exp(-x))
    return y


# network
x, target, learnrate = np.array([0.5, 0.1, -0.2]), 0.6, 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

# step 1
error = target - output

# step 2
output_error_term = output * (1 - output) * error

# step 3 (this one was hard)
back = output_error_term * weights_hidden_output
slope = hidden_layer_output * (1 - hidden_layer_output)
hidden_error_term = back * slope

# step 4
dw_ho = learnrate * output_error_term * hidden_layer_output

# step 5
x_col = x[:, np.newaxis]
dw_ih = learnrate * x_col * hidden_error_term

print("hidden to output", dw_ho)
print("input to hidden", dw_ih)
