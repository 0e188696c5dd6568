"""
Mini-batch SGD for logistic regression.
"""
import numpy as np


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def batches(X, y, size):
    """Yield (X, y) in batches; the last one may be smaller."""
    for start in range(0, len(X), size):
        # TODO
        yield X[start:start + size], y[start:start + size]


def gradient(w, X, y):
    # TODO: mean gradient of the cross entropy
    return X.T @ (sigmoid(X @ w) - y) / len(y)


def train(X, y, lr=0.5, epochs=3, size=2, momentum=0.9):
    """Return the final weights and the norm of the last gradient of each epoch."""
    w = np.zeros(X.shape[1])
    v = np.zeros_like(w)
    norms = []
    for _ in range(epochs):
        for xb, yb in batches(X, y, size):
            g = gradient(w, xb, yb)
            # TODO: momentum
            v = momentum * v - lr * g
            w = w + v
        norms.append(np.linalg.norm(g))
    return w, norms


def accuracy(w, X, y):
    # TODO
    return np.mean((X @ w > 0) == (y == 1))


if __name__ == "__main__":
    rng = np.random.default_rng(seed=0)
    X = rng.standard_normal((7, 2))
    y = (X[:, 0] - X[:, 1] > 0).astype(int)
    w, norms = train(X, y, epochs=4, size=3)
    print("weights:", w)
    print("norms:", np.round(norms, 3))
    print("accuracy:", accuracy(w, X, y))
