import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])

weights_hidden_output = np.array([0.1, -0.3])

n_in = weights_input_hidden.shape[0]
n_hid = weights_input_hidden.shape[1]

# forward, the slow way
hidden_layer_output = np.empty(n_hid)
for j in range(n_hid):
    s = 0.0
    for i in range(n_in):
        s += x[i] * weights_input_hidden[i][j]
    hidden_layer_output[j] = sigmoid(s)

s = 0.0
for j in range(n_hid):
    s += hidden_layer_output[j] * weights_hidden_output[j]
output = sigmoid(s)

# backward
error = target - output
output_error_term = error * output * (1 - output)

hidden_error_term = np.empty(n_hid)
for j in range(n_hid):
    hidden_error_term[j] = output_error_term * weights_hidden_output[j] * hidden_layer_output[j] * (1 - hidden_layer_output[j])

delta_w_h_o = np.empty_like(weights_hidden_output)
for j in range(n_hid):
    delta_w_h_o[j] = learnrate * output_error_term * hidden_layer_output[j]

delta_w_i_h = np.empty_like(weights_input_hidden)
for i in range(n_in):
    for j in range(n_hid):
        delta_w_i_h[i, j] = learnrate * hidden_error_term[j] * x[i]

print(delta_w_h_o)
print(delta_w_i_h)
