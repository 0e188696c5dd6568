import numpy as np
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
h = sigmoid(x @ weights_input_hidden)
o = sigmoid(h @ weights_hidden_output)
error = target - o
output_error_term = error * o * (1 - o)
hidden_error_term = output_error_term * weights_hidden_output * h * (1 - h)
delta_w_h_o = learnrate * output_error_term * h
delta_w_i_h = None
try:
    delta_w_i_h = learnrate * hidden_error_term * x
except Exception as e:
    print('something is wrong:', e)
print(delta_w_h_o, delta_w_i_h)
