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

n_in, n_hid = weights_input_hidden.shape

# forward pass, node by node
hidden_layer_input = np.zeros(n_hid)
for j in range(n_hid):
    for i in range(n_in):
        hidden_layer_input[j] += x[i] * weights_input_hidden[i, j]
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = sum(hidden_layer_output[j] * weights_hidden_output[j] for j in range(n_hid))
output = sigmoid(output_layer_in)

# backward pass
error = target - output
output_error_term = error * output * (1 - output)

hidden_error_term = np.zeros(n_hid)
for j in range(n_hid):
    hidden_error_term[j] = output_error_term * weights_hidden_output[j]

delta_w_h_o = np.array([learnrate * output_error_term * hidden_layer_output[j] for j in range(n_hid)])

delta_w_i_h = np.array([[learnrate * hidden_error_term[j] * x[i] for j in range(n_hid)]
                        for i in range(n_in)])

for row in delta_w_i_h if np.ndim(delta_w_i_h) else [delta_w_i_h]:
    print(row)
print(delta_w_h_o)
