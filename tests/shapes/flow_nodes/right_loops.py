import numpy as np


class Node:
    def __init__(self, *inputs):
        self.inputs = list(inputs)
        self.value = None

    def forward(self):
        self.value = self.compute(*[n.value for n in self.inputs])


class Input(Node):
    def forward(self):
        pass


class Linear(Node):
    def compute(self, X, W, b):
        rows = []
        for x in X:
            rows.append([sum(x * W[:, j]) + b[j] for j in range(W.shape[1])])
        return np.array(rows)


class Sigmoid(Node):
    def compute(self, x):
        e = np.exp(x)
        return e / (e + 1)


class MSE(Node):
    def compute(self, y, a):
        errors = [(p - q) ** 2 for p, q in zip(y.flatten(), a.flatten())]
        return sum(errors) / len(errors)


def run(graph):
    for node in graph:
        node.forward()
    return graph[-1].value
