import numpy as np

def layernorm_forward(x, gamma, beta, params=None):
    xt = x.T
    centred = xt - xt.mean(axis=0)
    inv = 1 / np.sqrt((centred ** 2).mean(axis=0) + 1e-5)
    norm = centred * inv
    return norm.T * gamma + beta, [norm, inv, gamma]

def layernorm_backward(dout, cache):
    norm, inv, gamma = cache
    d = (dout * gamma).T
    n = len(d)
    dx = inv / n * (n * d - d.sum(0) - norm * (d * norm).sum(0))
    return dx.T, (dout * norm.T).sum(0), dout.sum(0)

def dropout_forward(x, mask, p):
    scaled = mask / p
    return x * scaled, scaled

def dropout_backward(dout, cache):
    return dout * cache
