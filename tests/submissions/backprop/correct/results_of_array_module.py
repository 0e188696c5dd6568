from array import array
import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden = sigmoid(x @ weights_input_hidden)
output = sigmoid(hidden @ weights_hidden_output)
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden * (1 - hidden)

delta_w_h_o = array("d", (learnrate * output_error_term * h for h in hidden))
delta_w_i_h = [array("d", (learnrate * t * xi for t in hidden_error_term)) for xi in x]
