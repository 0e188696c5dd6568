import numpy as np
def sigmoid(t0):
    return 1 / (1 + np.exp(-t0))
def sigmoid_prime(t0):
    return sigmoid(t0) * (1 - sigmoid(t0))
learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = np.array(0.5)
w = np.array([0.5, -0.5, 0.3, 0.1])
h = np.dot(x, w)
nn_output = sigmoid(h)
error = y - nn_output
error_term = error * sigmoid_prime(nn_output)
del_w = learnrate * error_term * x
