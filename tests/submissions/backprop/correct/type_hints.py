from __future__ import annotations

from typing import Tuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


def sigmoid(z: Vector) -> Vector:
    """Logistic function, element by element."""
    return 1.0 / (1.0 + np.exp(-z))


def forward(x: Vector, w_ih: Matrix, w_ho: Vector) -> Tuple[Vector, float]:
    hidden = sigmoid(np.dot(x, w_ih))
    return hidden, float(sigmoid(np.dot(hidden, w_ho)))


x: Vector = np.array([0.5, 0.1, -0.2])
target: float = 0.6
learnrate: float = 0.5
weights_input_hidden: Matrix = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output: Vector = np.array([0.1, -0.3])

hidden_layer_output, output = forward(x, weights_input_hidden, weights_hidden_output)

error: float = target - output
output_error_term: float = error * output * (1.0 - output)
hidden_error_term: Vector = output_error_term * weights_hidden_output * hidden_layer_output * (1.0 - hidden_layer_output)
delta_w_h_o: Vector = learnrate * output_error_term * hidden_layer_output
delta_w_i_h: Matrix = learnrate * np.outer(x, hidden_error_term)

print(delta_w_h_o)
print(delta_w_i_h)
