import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(x):
    return sigmoid(x) * (1 - sigmoid(x))


learnrate = 0.5
x = np.array([1, 2, 3, 4])
y = np.array(0.5)
w = np.array([0.5, -0.5, 0.3, 0.1])

def cost(weights):
    return (y - sigmoid(np.sum(x * weights))) ** 2 / 2


del_w = np.zeros(len(w))
for i in range(len(w)):
    moved = w.astype(complex)
    moved[i] += 1e-30j
    del_w[i] = -learnrate * cost(moved).imag / 1e-30
