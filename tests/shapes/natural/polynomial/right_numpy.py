import numpy as np

def evaluate(p, x):
    return sum(c * x ** k for k, c in enumerate(p))

def derivative(p):
    d = []
    for k in range(1, len(p)):
        d.append(k * p[k])
    return d

def multiply(p, q):
    return np.convolve(p, q).tolist()
