"""Layer normalisation and dropout; the forward passes return what the backward passes need."""

import numpy as np


def layernorm_forward(x, gamma, beta, params=None):
    params = params or {}
    eps = params.get("eps", 1e-5)
    # TODO: normalise each row
    mu = np.mean(x, axis=1, keepdims=True)
    var = np.var(x, axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    x_hat = (x - mu) / std
    out = gamma * (x_hat + beta)
    cache = {"x_hat": x_hat, "std": std, "gamma": gamma}
    return out, cache


def layernorm_backward(dout, cache):
    x_hat, std, gamma = cache["x_hat"], cache["std"], cache["gamma"]
    # TODO
    dgamma = np.sum(dout * x_hat, axis=0)
    dbeta = np.sum(dout, axis=0)
    dx_hat = dout * gamma
    dx = (dx_hat - dx_hat.mean(axis=1, keepdims=True) - x_hat * np.mean(dx_hat * x_hat, axis=1, keepdims=True)) / std
    return dx, dgamma, dbeta


def dropout_forward(x, mask, p):
    """Inverted dropout; mask is 1 where an element is kept, which has probability p."""
    # TODO
    out = x * mask / p
    return out, (mask, p)


def dropout_backward(dout, cache):
    mask, p = cache
    # TODO
    return dout * mask / p


# Check on small numbers
np.random.seed(7)
x = np.random.randn(3, 4)
gamma = np.array([1.0, 0.5, 2.0, 1.5])
beta = np.array([0.0, 0.1, -0.2, 0.3])
dout = np.random.randn(3, 4)
mask = (np.random.rand(3, 4) < 0.8).astype(float)

out, cache = layernorm_forward(x, gamma, beta)
dx, dgamma, dbeta = layernorm_backward(dout, cache)
dropped, dcache = dropout_forward(out, mask, 0.8)
ddrop = dropout_backward(dout, dcache)
print("means of rows:", ((out - beta) / gamma).mean(axis=1))
print("dx:", dx)
print("dgamma:", dgamma, "dbeta:", dbeta)
print(dropped, ddrop)
