import numpy

def sigmoid(x):
    return 1/(1+numpy.exp(-x))


x = [0.5, 0.1, -0.2]
target = 0.6
learnrate = 0.5
weights_input_hidden = [[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]
weights_hidden_output = [0.1, -0.3]

x = numpy.array(x)
weights_input_hidden = numpy.array(weights_input_hidden)
weights_hidden_output = numpy.array(weights_hidden_output)

hidden_layer_input = numpy.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = numpy.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

#error
error = target - output
#error term output
output_error_term = error * output * (1 - output)
#error term hidden
hidden_error_term = numpy.dot(output_error_term, hidden_layer_output)
#deltas
delta_w_h_o = learnrate * output_error_term * hidden_layer_output
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

print("delta_w_h_o", delta_w_h_o)
print("delta_w_i_h", delta_w_i_h)
