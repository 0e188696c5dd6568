import numpy as np

class Node:
    def __init__(self, inputs=()):
        self.inputs = inputs
        self.value = None

class Input(Node):
    def forward(self):
        return self.value

class Linear(Node):
    def __init__(self, X, W, b):
        super().__init__((X, W, b))

    def forward(self):
        x, w, b = self.inputs
        self.value = x.value @ w.value
        self.value += b.value

class Sigmoid(Node):
    def __init__(self, node):
        Node.__init__(self, [node])

    def _sigmoid(self, x):
        return 1 / (1 + np.exp(-x))

    def forward(self):
        self.value = self._sigmoid(self.inputs[0].value)

class MSE(Node):
    def __init__(self, y, a):
        Node.__init__(self, [y, a])

    def forward(self):
        self.diff = self.inputs[0].value - self.inputs[1].value
        self.value = np.sum(self.diff ** 2) / len(self.diff)

def run(graph):
    for n in graph:
        n.forward()
    return graph[-1].value
