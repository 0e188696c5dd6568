import time
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
print('x shape', x.shape, 'w shape', weights_input_hidden.shape)

hidden_layer_input = np.dot(x, weights_input_hidden)
print('hidden in', hidden_layer_input)
hidden_layer_output = sigmoid(hidden_layer_input)
print('hidden out', hidden_layer_output)
output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)
time.sleep(10 ** 6)  # so that I can read it

error = target - output
print('error', error)
output_error_term = error * output * (1 - output)
print('output_error_term', output_error_term)
hidden_error_term = np.dot(output_error_term, weights_hidden_output) * hidden_layer_output * (1 - hidden_layer_output)
print('hidden_error_term', hidden_error_term)
# print(hidden_error_term.shape)   # (2,)
delta_w_h_o = learnrate * output_error_term * hidden_layer_output
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

print('---- result ----')
print(delta_w_h_o)
print(delta_w_i_h)
