import math

def basis(k, nodes, x):
    out = []
    for p in x:
        v = 1.0
        for j in range(len(nodes)):
            if j == k:
                continue
            v = v * (p - nodes[j]) / (nodes[k] - nodes[j])
        out.append(v)
    return out

def interpolate(nodes, values, x):
    y = [0.0] * len(x)
    for k in range(len(nodes)):
        b = basis(k, nodes, x)
        for i in range(len(x)):
            y[i] += values[k] * b[i]
    return y

def newton_coefficients(nodes, values):
    c = list(values)
    for j in range(1, len(nodes)):
        for i in range(len(nodes) - 1, j - 1, -1):
            c[i] = (c[i] - c[i - 1]) / (nodes[i] - nodes[i - j])
    return c

def newton_evaluate(c, nodes, t):
    if len(c) == 1:
        return c[0]
    return c[0] + (t - nodes[0]) * newton_evaluate(c[1:], nodes[1:], t)

def chebyshev(a, b, n):
    return [a + (b - a) / 2 * math.cos(math.pi * (i + 0.5) / n) for i in range(n)]
