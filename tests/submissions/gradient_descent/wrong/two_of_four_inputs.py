import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = 0.5
w = np.array([0.5, -0.5, 0.3, 0.1])

h = w[0] * x[0] + w[1] * x[1]
nn_output = sigmoid(h)
error = y - nn_output
error_term = error * nn_output * (1 - nn_output)
del_w = [learnrate * error_term * x[0], learnrate * error_term * x[1]]
print(nn_output, error, del_w)
