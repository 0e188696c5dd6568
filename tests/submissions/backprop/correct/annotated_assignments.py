import numpy as np
from numpy import ndarray


def sigmoid(z: ndarray) -> ndarray:
    return 1 / (1 + np.exp(-z))


x: ndarray = np.array([0.5, 0.1, -0.2])
target: float = 0.6
learnrate: float = 0.5
weights_input_hidden: ndarray = np.array([[0.5, -0.6],
                                          [0.1, -0.2],
                                          [0.1, 0.7]])
weights_hidden_output: ndarray = np.array([0.1, -0.3])

hidden_layer_output: ndarray = sigmoid(np.dot(x, weights_input_hidden))
output: float = sigmoid(np.dot(hidden_layer_output, weights_hidden_output))

error: float = target - output
output_error_term: float = error * output * (1 - output)
hidden_error_term: ndarray = output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o: ndarray = learnrate * output_error_term * hidden_layer_output
delta_w_i_h: ndarray = learnrate * hidden_error_term * x[:, None]

print(delta_w_h_o)
print(delta_w_i_h)
