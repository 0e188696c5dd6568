import numpy as np


def affine_forward(x, w, b):
    """
    Input: x (N, D), w (D, C), b (C,)
    Returns the scores (N, C) and a cache for the backward pass.
    """
    out = None
    ###########################################################################
    # TODO: Implement the affine forward pass.                                #
    ###########################################################################
    out = x.dot(w)
    ###########################################################################
    #                             END OF YOUR CODE                            #
    ###########################################################################
    cache = (x, w, b)
    return out, cache


def softmax_loss(x, y):
    """Scores x (N, C) and labels y (N,): mean cross entropy and its gradient."""
    shifted = x - x.max(axis=1, keepdims=True)
    # TODO: the probabilities
    probs = np.exp(shifted)
    probs /= probs.sum(axis=1, keepdims=True)
    N = x.shape[0]
    # TODO: the loss
    loss = -np.log(probs[np.arange(N), y]).mean()
    # TODO: the gradient
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def affine_backward(dout, cache):
    x, w, b = cache
    # TODO: the three gradients
    dx = dout.dot(w.T)
    dw = x.T.dot(dout)
    db = dout.sum(axis=0)
    return dx, dw, db


# Example
x = np.array([[0.2, -0.5], [1.0, 0.3], [-0.7, 0.8], [0.1, 0.6]])
w = np.array([[0.5, -0.3, 0.8], [-0.2, 0.9, 0.4]])
b = np.array([0.1, -0.1, 0.0])
y = np.array([2, 0, 1, 1])
out, cache = affine_forward(x, w, b)
loss, dout = softmax_loss(out, y)
dx, dw, db = affine_backward(dout, cache)
print("loss", loss)
print(dx, dw, db, sep="\n")
