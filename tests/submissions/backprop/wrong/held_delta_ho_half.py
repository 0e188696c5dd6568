import numpy as np

def sigmoid(x):
    return np.divide(1.0, np.add(1.0, np.exp(np.negative(x))))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

error = np.subtract(target, output)
output_error_term = np.multiply(error, np.multiply(output, np.subtract(1, output)))
hidden_error_term = np.multiply(np.multiply(weights_hidden_output, output_error_term), np.multiply(hidden_layer_output, 1 - hidden_layer_output))
delta_w_h_o = np.multiply(learnrate / 2, np.multiply(output_error_term, hidden_layer_output))
delta_w_i_h = np.multiply(learnrate, np.multiply.outer(x, hidden_error_term))

print(delta_w_h_o)
print(delta_w_i_h)
