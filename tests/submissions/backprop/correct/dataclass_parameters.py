from dataclasses import dataclass, field

import numpy as np


@dataclass
class Params:
    target: float = 0.6
    learnrate: float = 0.5
    x: np.ndarray = field(default_factory=lambda: np.array([0.5, 0.1, -0.2]))
    weights_input_hidden: np.ndarray = None
    weights_hidden_output: np.ndarray = None

    def __post_init__(self):
        self.weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
        self.weights_hidden_output = np.array([0.1, -0.3])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


p = Params()
x = p.x
hidden_layer_output = sigmoid(x @ p.weights_input_hidden)
output = sigmoid(hidden_layer_output @ p.weights_hidden_output)
error = p.target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * p.weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
delta_w_h_o = p.learnrate * output_error_term * hidden_layer_output
delta_w_i_h = p.learnrate * hidden_error_term * x[:, None]
print(delta_w_h_o)
print(delta_w_i_h)
