# I prefer to write the gradient dE/dw first and then go downhill
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

hidden_layer_output = sigmoid(np.dot(x, weights_input_hidden))
output = sigmoid(np.dot(hidden_layer_output, weights_hidden_output))

# E = 1/2 (target - output)^2
dE_doutput = output - target
dE_dz2 = dE_doutput * output * (1 - output)
dE_dw2 = dE_dz2 * hidden_layer_output
dE_dh = dE_dz2 * weights_hidden_output
dE_dz1 = dE_dh * hidden_layer_output * (1 - hidden_layer_output)
dE_dw1 = np.outer(x, dE_dz1)

delta_w_h_o = -learnrate * dE_dw2
delta_w_i_h = -learnrate * dE_dw1

print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
