import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
hidden_layer_output = sigmoid(np.dot(x, weights_input_hidden))
output = sigmoid(np.dot(hidden_layer_output, weights_hidden_output))
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = np.empty_like(weights_hidden_output)
with np.nditer([hidden_layer_output, delta_w_h_o], op_flags=[['readonly'], ['writeonly']]) as it:
    for a, out in it:
        out[...] = learnrate * output_error_term * a
it = np.nditer([x[:, np.newaxis], hidden_error_term, None])
for a, b, out in it:
    out[...] = learnrate * a * b
delta_w_i_h = it.operands[2]
