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
w = np.array([0.5, -0.5, 0.3, 0.1])

# One step of gradient descent for a single sigmoid unit
# TODO: the unit's input, a weighted sum
h = None

# TODO: the unit's output
nn_output = None

# TODO: the error of the output
error = None

# TODO: the error term (use the derivative of the sigmoid)
error_term = None

# TODO: the change of each weight
del_w = None

print('Neural Network output:')
print(nn_output)
print('Amount of Error:')
print(error)
print('Change in Weights:')
print(del_w)
