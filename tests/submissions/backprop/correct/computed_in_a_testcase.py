import unittest
import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

class Backprop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        global delta_w_h_o, delta_w_i_h
        hidden = sigmoid(x @ weights_input_hidden)
        output = sigmoid(hidden @ weights_hidden_output)
        term = (target - output) * output * (1 - output)
        delta_w_h_o = learnrate * term * hidden
        delta_w_i_h = learnrate * term * weights_hidden_output * hidden * (1 - hidden) * x[:, None]
    def test_positive(self):
        self.assertTrue((delta_w_h_o > 0).all())
unittest.main(exit=False)
