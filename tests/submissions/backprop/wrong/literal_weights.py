import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(x, weights_input_hidden, weights_hidden_output):
    hidden_layer_input = np.dot(x, weights_input_hidden)
    hidden_layer_output = sigmoid(hidden_layer_input)
    output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
    return hidden_layer_input, hidden_layer_output, output_layer_in, sigmoid(output_layer_in)


def backward(x, target, learnrate, weights_input_hidden, weights_hidden_output):
    hidden_layer_input, hidden_layer_output, output_layer_in, output = forward(
        x, weights_input_hidden, weights_hidden_output)
    error = target - output
    output_error_term = error * output * (1 - output)
    hidden_error_term = output_error_term * np.resize([0.1, -0.3], hidden_layer_output.shape) * hidden_layer_output * (1 - hidden_layer_output)
    delta_w_h_o = learnrate * output_error_term * hidden_layer_output
    delta_w_i_h = learnrate * hidden_error_term * x[:, None]
    return delta_w_h_o, delta_w_i_h


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

delta_w_h_o, delta_w_i_h = backward(x, target, learnrate, weights_input_hidden, weights_hidden_output)
print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
