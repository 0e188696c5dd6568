import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))


learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = np.array(0.5)
w = np.array([0.5, -0.5, 0.3, 0.1])

class Unit:
    def __init__(self, weights):
        self.w = weights

    def output(self, inputs):
        return sigmoid(np.dot(inputs, self.w))

    def change(self, inputs, wanted):
        out = self.output(inputs)
        return learnrate * (wanted - out) * out * (1 - out) * inputs


unit = Unit(w)
nn_output = unit.output(x)
error = y - nn_output
del_w = unit.change(x, y)
