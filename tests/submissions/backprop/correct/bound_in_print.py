import numpy as np
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
output = sigmoid((hidden_layer_output := sigmoid(x @ weights_input_hidden)) @ weights_hidden_output)
error = target - output
print(delta_w_h_o := learnrate * (output_error_term := error * output * (1 - output)) * hidden_layer_output)
print(delta_w_i_h := learnrate * (hidden_error_term := output_error_term * weights_hidden_output
                                  * hidden_layer_output * (1 - hidden_layer_output)) * x[:, None])
