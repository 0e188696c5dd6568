import numpy as np

def layernorm_forward(x, gamma, beta, params=None):
    mu = x.mean(axis=1)[:, None]
    xc = x - mu
    var = (xc * xc).mean(axis=1)[:, None]
    s = np.sqrt(var + 1e-5)
    y = xc / s
    return y * gamma + beta, (xc, s, y, gamma)

def layernorm_backward(dout, cache):
    xc, s, y, gamma = cache
    N = xc.shape[1]
    dgamma = np.einsum("ij,ij->j", dout, y)
    dbeta = np.einsum("ij->j", dout)
    dy = dout * gamma
    ds = -np.sum(dy * xc, axis=1, keepdims=True) / s ** 2
    dvar = ds / (2 * s)
    dxc = dy / s + 2 / N * xc * dvar
    dmu = -dxc.sum(axis=1, keepdims=True)
    return dxc + dmu / N, dgamma, dbeta

def dropout_forward(x, mask, p):
    out = x.copy()
    out[mask == 0] = 0
    out /= p
    return out, (mask, p)

def dropout_backward(dout, cache):
    m, p = cache
    grad = dout.copy()
    grad[m == 0] = 0
    return grad * (1 / p)
