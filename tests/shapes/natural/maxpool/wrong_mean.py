import numpy as np


def pool_forward(x, size, stride):
    n_rows = 1 + (x.shape[0] - size) // stride
    n_cols = 1 + (x.shape[1] - size) // stride
    index = np.arange(x.size).reshape(x.shape)
    out = np.empty((n_rows, n_cols))
    where = np.empty((n_rows, n_cols), dtype=int)
    for i in range(n_rows):
        r = i * stride
        for j in range(n_cols):
            c = j * stride
            patch = x[r:r + size, c:c + size].flatten()
            numbers = index[r:r + size, c:c + size].flatten()
            k = np.argmax(patch)
            out[i, j] = patch.mean()
            where[i, j] = numbers[k]
    return out, where


def pool_backward(dout, where, shape):
    dx = np.zeros(shape)
    np.add.at(dx.reshape(-1), where.flatten(), dout.flatten())
    return dx
