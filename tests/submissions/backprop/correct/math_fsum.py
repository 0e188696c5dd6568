import math
import numpy as np


def sigmoid(t):
    return 1.0 / (1.0 + math.exp(-t))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden = [sigmoid(math.fsum(a * b for a, b in zip(x, column))) for column in weights_input_hidden.T]
output = sigmoid(math.fsum(map(lambda a, b: a * b, hidden, weights_hidden_output)))
error = target - output
output_error_term = math.prod([error, output, 1 - output])
hidden_error_term = list(map(lambda w, h: output_error_term * w * h * (1 - h), weights_hidden_output, hidden))
delta_w_h_o = list(map(lambda h: learnrate * output_error_term * h, hidden))
delta_w_i_h = list(map(lambda v: list(map(lambda t: learnrate * t * v, hidden_error_term)), x))
print(delta_w_h_o)
print(delta_w_i_h)
