import numpy as np

def nodes(a, b, n):
    return np.linspace(a, b, n + 1)

def trapezoid(f, a, b, n=10):
    x = nodes(a, b, n)
    total = 0.0
    for left, right in zip(x[:-1], x[1:]):
        total += (right - left) * (f(left) + f(right)) / 2
    return total

def simpson(f, a, b, n=10):
    if n % 2 == 1:
        raise ValueError
    h = (b - a) / n
    s = f(a) + f(b)
    for i in range(1, n):
        s += (4 if i % 2 else 2) * f(a + i * h)
    return s * h / 3

def richardson(f, a, b, n=10):
    return trapezoid(f, a, b, 2 * n) + (trapezoid(f, a, b, 2 * n) - trapezoid(f, a, b, n)) / 3
