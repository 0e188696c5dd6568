import numpy as np
from functools import cached_property
from dataclasses import dataclass, field

@dataclass
class Problem:
    x: np.ndarray = field(default_factory=lambda: np.array([0.5, 0.1, -0.2]))
    target: float = 0.6
    learnrate: float = 0.5
    weights_input_hidden: np.ndarray = field(default_factory=lambda: np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]))
    weights_hidden_output: np.ndarray = field(default_factory=lambda: np.array([0.1, -0.3]))

    @staticmethod
    def sigmoid(z): return 1 / (1 + np.exp(-z))

    @cached_property
    def hidden(self): return self.sigmoid(self.x @ self.weights_input_hidden)

    @cached_property
    def output(self): return self.sigmoid(self.hidden @ self.weights_hidden_output)

    @cached_property
    def output_error_term(self): return (self.target - self.output) * self.output * (1 - self.output)

    @cached_property
    def hidden_error_term(self): return self.output_error_term * self.weights_hidden_output * self.hidden * (1 - self.hidden)

p = Problem()
delta_w_h_o = p.learnrate * p.output_error_term * p.hidden
delta_w_i_h = p.learnrate * np.multiply.outer(p.x, p.hidden_error_term)
print(f"{delta_w_h_o = }\n{delta_w_i_h = }")
