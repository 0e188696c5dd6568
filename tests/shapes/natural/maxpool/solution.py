import numpy as np


def pool_forward(x, size, stride):
    """Max pooling. x: (H, W). Returns (out, where): the maxima, and of each the flat index in x."""
    # TODO
    H, W = x.shape
    rows = (H - size) // stride + 1
    cols = (W - size) // stride + 1
    out = np.zeros((rows, cols))
    where = np.zeros((rows, cols), dtype=int)
    for i in range(rows):
        for j in range(cols):
            window = x[i * stride:i * stride + size, j * stride:j * stride + size]
            out[i, j] = window.max()
            a, b = np.unravel_index(window.argmax(), window.shape)
            where[i, j] = (i * stride + a) * W + j * stride + b
    return out, where


def pool_backward(dout, where, shape):
    """Gradient with respect to x."""
    # TODO
    dx = np.zeros(shape)
    for d, index in zip(dout.ravel(), where.ravel()):
        dx[index // shape[1], index % shape[1]] += d
    return dx


# Example
x = np.array([[0.1, 0.9, -0.3, 0.4, 1.2], [1.5, -0.2, 0.8, 0.6, -1.0], [0.3, 0.7, 2.1, -0.5, 0.2], [-0.6, 1.1, 0.05, 1.9, 0.35]])
dout = np.array([[1.0, -2.0, 0.5, 0.3], [0.2, 0.4, -0.7, 1.1], [0.6, -0.1, 0.9, -0.8]])
out, where = pool_forward(x, 2, 1)
dx = pool_backward(dout, where, x.shape)
print(out, where, dx)
