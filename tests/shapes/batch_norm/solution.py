import numpy as np


def batchnorm_forward(x, gamma, beta, eps=1e-5):
    """Normalise the columns of x (N, D), then scale by gamma and shift by beta (D,)."""
    # TODO: mean and variance of each column
    mu = np.mean(x, axis=0)
    var = np.var(x, axis=0)
    # TODO: normalise
    std = np.sqrt(var + eps)
    x_hat = (x - mu) / std
    # TODO: scale and shift
    out = gamma * x_hat + beta

    cache = {"x_hat": x_hat, "std": std, "gamma": gamma}
    return out, cache


def batchnorm_backward(dout, cache):
    """Gradients with respect to x, gamma and beta."""
    x_hat, std = cache["x_hat"], cache["std"]
    # TODO
    dbeta = dout.sum(axis=0)
    # TODO
    dgamma = np.sum(dout * x_hat, axis=0)
    # TODO: do not forget that mean and variance depend on x, too
    dx_hat = dout * cache["gamma"]
    dx = (dx_hat - dx_hat.mean(axis=0) - x_hat * np.mean(dx_hat * x_hat, axis=0)) / std
    return dx, dgamma, dbeta


# Example
x = np.array([[1.0, -2.0, 0.5], [0.5, 1.5, 2.0], [-1.0, 0.0, 1.0], [2.0, 1.0, -0.5]])
gamma = np.array([1.0, 0.5, 2.0])
beta = np.array([0.0, 0.1, -0.3])
dout = np.array([[0.1, -0.2, 0.3], [0.0, 0.5, -0.1], [0.4, 0.2, 0.1], [-0.3, 0.1, 0.2]])
eps = 1e-5
out, cache = batchnorm_forward(x, gamma, beta, eps)
dx, dgamma, dbeta = batchnorm_backward(dout, cache)
print(out)
print(dx)
print(dgamma, dbeta)
