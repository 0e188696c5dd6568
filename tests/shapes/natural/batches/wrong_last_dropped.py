import numpy as np

def batches(X, y, size):
    k = 0
    while k + size <= len(X):
        yield X[k:k + size], y[k:k + size]
        k += size

def gradient(w, X, y):
    g = np.zeros(len(w))
    for x, t in zip(X, y):
        p = 1 / (1 + np.exp(-np.dot(w, x)))
        g += (p - t) * x
    return g / len(X)

def train(X, y, lr=0.5, epochs=3, size=2, momentum=0.9):
    w, v, norms = np.zeros(X.shape[1]), 0, []
    for epoch in range(epochs):
        for xb, yb in batches(X, y, size):
            g = gradient(w, xb, yb)
            v = momentum * v + g
            w = w - lr * v
        norms += [float(np.sqrt(g @ g))]
    return w, norms

def accuracy(w, X, y):
    p = 1 / (1 + np.exp(-X.dot(w)))
    return sum((p > 0.5) == y) / len(y)
