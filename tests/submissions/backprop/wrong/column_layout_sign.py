import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

x = np.array([[0.5, 0.1, -0.2]])            # (1, 3)
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([[0.1], [-0.3]])   # (2, 1)

hidden_layer_output = sigmoid(x @ weights_input_hidden)          # (1, 2)
output = sigmoid(hidden_layer_output @ weights_hidden_output)    # (1, 1)

error = output - target
output_error_term = error * output * (1 - output)
hidden_error_term = (output_error_term @ weights_hidden_output.T) * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = learnrate * hidden_layer_output.T @ output_error_term
delta_w_i_h = learnrate * x.T @ hidden_error_term
print(delta_w_h_o)
print(delta_w_i_h)
