import numpy as np

def affine_forward(x, w, b):
    return x @ w + b, dict(x=x, w=w)

def relu_forward(z):
    z[z < 0] = 0
    return z, z

def relu_backward(dout, cache):
    return np.where(cache, dout, 0.0)

def affine_backward(dout, cache):
    return dout @ cache["w"].T, cache["x"].T @ dout, dout.sum(0)

def softmax_loss(scores, y):
    z = scores - scores.max(1, keepdims=True)
    logp = z - np.log(np.exp(z).sum(1, keepdims=True))
    n = len(y)
    d = np.exp(logp)
    d[np.arange(n), y] -= 1
    return -logp[np.arange(n), y].mean(), d / n
