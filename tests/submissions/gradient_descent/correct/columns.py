import numpy as np

x = np.array([[1], [2], [3], [4]])
w = np.array([[0.5], [-0.5], [0.3], [0.1]])
y, learnrate = 0.5, 0.5

h = w.T @ x
nn_output = 1 / (1 + np.exp(-h))
error = y - nn_output
error_term = error * nn_output * (1 - nn_output)
del_w = learnrate * error_term * x
