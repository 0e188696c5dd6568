import math


class Dual:
    """a + b*eps with eps**2 = 0"""

    def __init__(self, a, b=0.0):
        self.a, self.b = a, b

    def __add__(self, o):
        o = o if isinstance(o, Dual) else Dual(o)
        return Dual(self.a + o.a, self.b + o.b)

    __radd__ = __add__

    def __mul__(self, o):
        o = o if isinstance(o, Dual) else Dual(o)
        return Dual(self.a * o.a, self.a * o.b + self.b * o.a)

    __rmul__ = __mul__


def sigmoid(d):
    s = 1 / (1 + math.exp(-d.a))
    return Dual(s, d.b * s * (1 - s))


x = [0.5, 0.1, -0.2]
target = 0.6
learnrate = 0.5
weights_input_hidden = [[0.5, -0.6],
                        [0.1, -0.2],
                        [0.1, 0.7]]
weights_hidden_output = [0.1, -0.3]


def slope(w1, w2):
    """how the output changes with the one weight that carries an eps, times the error"""
    h = [sigmoid(sum(xi * row[j] for xi, row in zip(x, w1))) for j in range(len(w2))]
    out = sigmoid(sum(a * b for a, b in zip(h, w2)))
    return (target - out.a) * out.b


def seeded(vector, k):
    return [Dual(v, 1.0 if i == k else 0.0) for i, v in enumerate(vector)]


plain1 = [seeded(row, None) for row in weights_input_hidden]
plain2 = seeded(weights_hidden_output, None)

delta_w_h_o = [learnrate * slope(plain1, seeded(weights_hidden_output, j)) for j in range(len(plain2))]
delta_w_i_h = [[learnrate * slope(plain1[:i] + [seeded(row, j)] + plain1[i + 1:], plain2)
                for j in range(len(row))]
               for i, row in enumerate(weights_input_hidden)]
print(delta_w_h_o)
print(delta_w_i_h)
