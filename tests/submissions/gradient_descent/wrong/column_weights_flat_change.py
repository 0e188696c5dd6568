import numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x):
    """
    Derivative of the sigmoid function
    """
    return sigmoid(x) * (1 - sigmoid(x))


learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = np.array(0.5)

# Initial weights
w = np.array([[0.5], [-0.5], [0.3], [0.1]])

# One step of gradient descent for a single sigmoid unit
# TODO: the unit's input, a weighted sum
h = np.dot(x, w[:, 0])

# TODO: the unit's output
nn_output = sigmoid(h)

# TODO: the error of the output
error = y - nn_output

# TODO: the error term (use the derivative of the sigmoid)
error_term = error * sigmoid_prime(h)

# TODO: the change of each weight
del_w = learnrate * error_term * x

print('Neural Network output:')
print(nn_output)
print('Amount of Error:')
print(error)
print('Change in Weights:')
print(del_w)
