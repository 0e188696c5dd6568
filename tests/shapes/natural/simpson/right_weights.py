import numpy as np

def nodes(a, b, n):
    return np.array([a + (b - a) * i / n for i in range(n + 1)])

def trapezoid(f, a, b, n=10):
    w = np.ones(n + 1)
    w[0] = w[-1] = 0.5
    return (b - a) / n * np.dot(w, f(nodes(a, b, n)))

def simpson(f, a, b, n=10):
    if n % 2 != 0:
        raise ValueError("even please")
    w = np.ones(n + 1)
    w[1:-1:2] = 4
    w[2:-1:2] = 2
    return (b - a) / n / 3 * np.dot(w, f(nodes(a, b, n)))

def richardson(f, a, b, n=10):
    return simpson(f, a, b, 2 * n)
