import numpy as np


def predict(X, w, b):
    return np.array([1 / (1 + np.exp(-(np.sum(x * w) + b))) for x in X])


def loss_and_gradients(X, y, w, b, lam):
    p = predict(X, w, b)
    losses = []
    for pi, yi in zip(p, y):
        if yi == 1:
            losses.append(-np.log(pi))
        else:
            losses.append(-np.log(1 - pi))
    penalty = lam * sum(w * w) / 2
    delta = (p - y) / len(y)
    return np.mean(losses) + penalty, delta @ X + lam * w, delta.sum()


def train(X, y, w, b, lam, rate, epochs, batch):
    w = w.copy()
    history = []
    n = len(y)
    batches = [(X[s:s + batch], y[s:s + batch]) for s in range(0, n, batch)]
    for _ in range(epochs):
        for xb, yb in batches:
            l, gw, gb = loss_and_gradients(xb, yb, w, b, lam)
            w -= rate * gw
            b -= rate * gb
        l, gw, gb = loss_and_gradients(X, y, w, b, lam)
        history += [l]
    return w, b, history
