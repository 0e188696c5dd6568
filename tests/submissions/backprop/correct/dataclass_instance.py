from dataclasses import dataclass
import numpy as np

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])


@dataclass(frozen=True)
class Net:
    w1: np.ndarray
    w2: np.ndarray

    def hidden(self, v):
        return 1 / (1 + np.exp(-(v @ self.w1)))

    def predict(self, v):
        return 1 / (1 + np.exp(-(self.hidden(v) @ self.w2)))


net = Net(weights_input_hidden, weights_hidden_output)
h, output = net.hidden(x), net.predict(x)
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * net.w2 * h * (1 - h)
delta_w_h_o = learnrate * output_error_term * h
delta_w_i_h = learnrate * np.outer(x, hidden_error_term)
print(f"{delta_w_h_o = }")
print(f"{delta_w_i_h = }")
