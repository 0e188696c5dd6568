import numpy as np

sum = np.sum
input = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
sigmoid = lambda z: 1 / (1 + np.exp(-z))
type = hidden = sigmoid(sum(input[:, None] * weights_input_hidden, axis=0))
max = output = sigmoid(sum(hidden * weights_hidden_output))
error = target - max
output_error_term = error * max * (1 - max)
hidden_error_term = output_error_term * weights_hidden_output * type * (1 - type)
delta_w_h_o = learnrate * output_error_term * type
delta_w_i_h = learnrate * hidden_error_term * input[:, None]
print(delta_w_h_o)
print(delta_w_i_h)
