import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))

x = np.array([1, 2, 3, 4]); w = np.array([0.5, -0.5, 0.3, 0.1])
y = half = 0.5
learnrate = half
nn_output = sigmoid(x @ w)
error = y - nn_output
error_term = error * nn_output * (1 - nn_output)
del_w = learnrate * error_term * x
