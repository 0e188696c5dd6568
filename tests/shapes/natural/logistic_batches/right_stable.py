import numpy as np


def predict(X, w, b):
    z = np.dot(X, w) + b
    return np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def loss_and_gradients(X, y, w, b, lam):
    n = X.shape[0]
    p = predict(X, w, b)
    ce = -(y @ np.log(p) + (1 - y) @ np.log(1 - p)) / n
    grad = np.zeros_like(w)
    for i in range(n):
        grad += (p[i] - y[i]) * X[i]
    return ce + 0.5 * lam * (w @ w), grad / n + lam * w, np.sum(p - y) / n


def train(X, y, w, b, lam, rate, epochs, batch):
    history = np.zeros(epochs)
    for e in range(epochs):
        i = 0
        while i < len(X):
            _, gw, gb = loss_and_gradients(X[i:i + batch], y[i:i + batch], w, b, lam)
            w, b = w - rate * gw, b - rate * gb
            i += batch
        history[e], _, _ = loss_and_gradients(X, y, w, b, lam)
    return w, b, list(history)
