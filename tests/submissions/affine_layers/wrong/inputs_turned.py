import numpy as np


def affine_forward(x, w, b):
    """Return the sums x w + b of each record, and what the way back needs."""
    # TODO: one row of sums for each record
    out = x @ w + b
    cache = (x, w)
    return out, cache


def relu_forward(z):
    """Return z where it is positive and 0 elsewhere, and what the way back needs."""
    # TODO: negative sums become 0
    out = np.maximum(z, 0)
    cache = z
    return out, cache


def relu_backward(dout, cache):
    """Return the slope with respect to z."""
    # TODO: only what was let through on the way forward
    dz = dout * (cache > 0)
    return dz


def affine_backward(dout, cache):
    """Return the slopes with respect to x, w and b."""
    x, w = cache
    # TODO: the slope with respect to the inputs
    dx = x

    # TODO: the slope with respect to the weights
    dw = x.T @ dout

    # TODO: the slope with respect to the bias, which all records share
    db = dout.sum(axis=0)
    return dx, dw, db


def softmax_loss(scores, y):
    """Return the mean cross entropy and its slope with respect to the scores."""
    # TODO: probabilities, safe from large scores
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)

    # TODO: the mean loss
    n = len(y)
    loss = -np.log(probs[np.arange(n), y]).mean()

    # TODO: its slope
    dscores = probs.copy()
    dscores[np.arange(n), y] -= 1
    dscores /= n
    return loss, dscores


# Example
x = np.array([[0.5, -1.0, 0.2], [1.5, 0.4, -0.3], [-0.7, 0.8, 1.1], [0.1, -0.6, -1.2]])
w1 = np.array([[0.4, -0.3, 0.8, 0.2, -0.5], [0.1, 0.6, -0.7, 0.3, 0.9], [-0.2, 0.5, 0.4, -0.6, 0.7]])
b1 = np.array([0.1, -0.2, 0.05, 0.3, -0.1])
w2 = np.array([[0.3, -0.4], [-0.6, 0.2], [0.5, 0.7], [0.9, -0.8], [-0.1, 0.35]])
b2 = np.array([0.05, -0.15])
y = np.array([0, 1, 1, 0])

hidden_in, cache1 = affine_forward(x, w1, b1)
hidden, cache_relu = relu_forward(hidden_in)
scores, cache2 = affine_forward(hidden, w2, b2)
loss, dscores = softmax_loss(scores, y)
dhidden, dw2, db2 = affine_backward(dscores, cache2)
dhidden_in = relu_backward(dhidden, cache_relu)
dx, dw1, db1 = affine_backward(dhidden_in, cache1)
print(scores, loss, dscores, dw2, db2, dhidden_in, dx, dw1, db1)
