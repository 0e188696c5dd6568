import numpy as np


def zero_pad(image, p):
    return np.pad(image, p)


def conv2d(image, kernel, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)[::stride, ::stride]


def max_pool(x, size):
    h, w = x.shape
    h, w = h - h % size, w - w % size
    return x[:h, :w].reshape(h // size, size, w // size, size).max(axis=(1, 3))
