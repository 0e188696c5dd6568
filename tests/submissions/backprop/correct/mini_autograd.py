"""A very small autograd engine, one object per number."""
import math


class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents      # pairs (parent, local derivative)

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    __rmul__ = __mul__

    def sigmoid(self):
        s = 1 / (1 + math.exp(-self.data))
        return Value(s, ((self, s * (1 - s)),))

    def backward(self):
        order, seen = [], set()

        def visit(v):
            if id(v) not in seen:
                seen.add(id(v))
                for p, _ in v.parents:
                    visit(p)
                order.append(v)

        visit(self)
        self.grad = 1.0
        for v in reversed(order):
            for p, d in v.parents:
                p.grad += d * v.grad


x = [0.5, 0.1, -0.2]
target = 0.6
learnrate = 0.5
weights_input_hidden = [[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]
weights_hidden_output = [0.1, -0.3]

w1 = [[Value(w) for w in row] for row in weights_input_hidden]
w2 = [Value(w) for w in weights_hidden_output]
hidden = [sum(xi * row[j] for xi, row in zip(x, w1)).sigmoid() for j in range(len(w2))]
output = sum(h * w for h, w in zip(hidden, w2)).sigmoid()
diff = output * -1 + target
loss = diff * diff * 0.5
loss.backward()

delta_w_h_o = [-learnrate * w.grad for w in w2]
delta_w_i_h = [[-learnrate * w.grad for w in row] for row in w1]
print(delta_w_h_o)
print(delta_w_i_h)
