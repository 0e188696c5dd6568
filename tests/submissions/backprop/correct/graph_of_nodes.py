import numpy as np


class Node:
    def __init__(self, inbound_nodes=[]):
        self.inbound_nodes = inbound_nodes
        self.value = None
        self.outbound_nodes = []
        self.gradients = {}
        for node in inbound_nodes:
            node.outbound_nodes.append(self)


class Input(Node):
    def forward(self):
        pass

    def backward(self):
        self.gradients = {self: 0}
        for n in self.outbound_nodes:
            self.gradients[self] = self.gradients[self] + n.gradients[self]


class Linear(Node):
    def __init__(self, X, W):
        Node.__init__(self, [X, W])

    def forward(self):
        self.value = np.dot(self.inbound_nodes[0].value, self.inbound_nodes[1].value)

    def backward(self):
        X, W = self.inbound_nodes
        grad = sum(n.gradients[self] for n in self.outbound_nodes)
        self.gradients[X] = np.dot(grad, W.value.T)
        self.gradients[W] = np.dot(X.value.T, grad)


class Sigmoid(Node):
    def __init__(self, node):
        Node.__init__(self, [node])

    def forward(self):
        self.value = 1. / (1. + np.exp(-self.inbound_nodes[0].value))

    def backward(self):
        grad = sum(n.gradients[self] for n in self.outbound_nodes)
        self.gradients[self.inbound_nodes[0]] = grad * self.value * (1 - self.value)


class SquaredError(Node):
    def __init__(self, y, a):
        Node.__init__(self, [y, a])

    def forward(self):
        y, a = (n.value for n in self.inbound_nodes)
        self.diff = y - a
        self.value = 0.5 * np.sum(self.diff ** 2)

    def backward(self):
        self.gradients[self.inbound_nodes[0]] = self.diff
        self.gradients[self.inbound_nodes[1]] = -self.diff


def topological_sort(feed_dict):
    from collections import deque
    graph, order = {}, []
    todo, seen = deque(feed_dict), set(feed_dict)
    indegree = {}
    while todo:
        n = todo.popleft()
        for m in n.outbound_nodes:
            indegree[m] = indegree.get(m, 0) + 1
            if m not in seen:
                seen.add(m)
                todo.append(m)
    ready = [n for n in feed_dict]
    while ready:
        n = ready.pop()
        if isinstance(n, Input):
            n.value = feed_dict[n]
        order.append(n)
        for m in n.outbound_nodes:
            indegree[m] -= 1
            if not indegree[m]:
                ready.append(m)
    return order


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

X, y, W1, W2 = Input(), Input(), Input(), Input()
s1 = Sigmoid(Linear(X, W1))
s2 = Sigmoid(Linear(s1, W2))
cost = SquaredError(y, s2)
feed_dict = {X: x[None, :], y: target, W1: weights_input_hidden, W2: weights_hidden_output[:, None]}
graph = topological_sort(feed_dict)
for n in graph:
    n.forward()
for n in graph[::-1]:
    n.backward()
delta_w_h_o = -learnrate * W2.gradients[W2][:, 0]
delta_w_i_h = -learnrate * W1.gradients[W1]
print(delta_w_h_o)
print(delta_w_i_h)
