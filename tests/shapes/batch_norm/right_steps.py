import numpy as np

def batchnorm_forward(x, gamma, beta, eps=1e-5):
    n = len(x)
    mu = x.sum(0) / n
    xc = x - mu
    var = (xc * xc).sum(0) / n
    inv = (var + eps) ** -0.5
    return gamma * xc * inv + beta, (xc, inv, gamma)

def batchnorm_backward(dout, cache):
    xc, inv, gamma = cache
    n = len(xc)
    dbeta = np.einsum("ij->j", dout)
    dgamma = np.einsum("ij,ij->j", dout, xc) * inv
    dxh = gamma * dout
    dinv = np.sum(dxh * xc, axis=0)
    dvar = dinv * (-0.5) * inv ** 3
    dxc = dxh * inv + 2 * xc * dvar / n
    dmu = -dxc.sum(0)
    return dxc + dmu / n, dgamma, dbeta
