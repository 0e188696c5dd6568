def sigmoid(x):
    from numpy import exp
    return 1 / (1 + exp(-x))


def arr(*values):
    import numpy
    return numpy.array(values)


x = arr(0.5, 0.1, -0.2)
target = 0.6
learnrate = 0.5
weights_input_hidden = arr([0.5, -0.6], [0.1, -0.2], [0.1, 0.7])
weights_hidden_output = arr(0.1, -0.3)

hidden_layer_output = sigmoid(x.dot(weights_input_hidden))
output = sigmoid(hidden_layer_output.dot(weights_hidden_output))
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = learnrate * output_error_term * hidden_layer_output
delta_w_i_h = learnrate * hidden_error_term * x.reshape((-1, 1))
print(delta_w_h_o)
print(delta_w_i_h)
