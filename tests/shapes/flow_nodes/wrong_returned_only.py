import numpy as np


class Node:
    def __init__(self, inputs=()):
        self.inputs = inputs
        self.value = None

    def forward(self):
        raise NotImplementedError


class Input(Node):
    def forward(self):
        pass


class Linear(Node):
    def __init__(self, X, W, b):
        Node.__init__(self, [X, W, b])

    def forward(self):
        X, W, b = [node.value for node in self.inputs]
        # TODO
        return np.dot(X, W) + b


class Sigmoid(Node):
    def __init__(self, node):
        super().__init__([node])

    def forward(self):
        # TODO
        self.value = 1.0 / (1.0 + np.exp(-self.inputs[0].value))


class MSE(Node):
    def __init__(self, y, a):
        super().__init__([y, a])

    def forward(self):
        y, a = self.inputs[0].value, self.inputs[1].value
        # TODO: the mean of the squared differences
        self.value = np.mean((y - a) ** 2)


def run(graph):
    for node in graph:
        node.forward()
    return graph[-1].value


# Example
X_ = np.array([[-1.0, -2.0], [0.5, 1.5], [2.0, 0.3]])
W_ = np.array([[2.0, -3.0], [1.0, 0.5]])
b_ = np.array([-3.0, 0.4])
y_ = np.array([[0.0, 1.0], [1.0, 0.5], [0.3, 0.2]])
X, W, b, y = Input(), Input(), Input(), Input()
X.value, W.value, b.value, y.value = X_, W_, b_, y_
f = Linear(X, W, b)
g = Sigmoid(f)
node = MSE(y, g)
graph = [X, W, b, y, f, g, node]
cost = run(graph)
linear = f.value
output = g.value
b.value = b_ - 1
again = run(graph)
print(linear, output, cost, again)
