import numpy as np


def zero_pad(image, p):
    # TODO
    h, w = image.shape
    padded = np.zeros((h + 2 * p, w + 2 * p))
    padded[p : p + h, p : p + w] = image
    return padded


def conv2d(image, kernel, stride=1):
    """Valid cross-correlation of an image with a kernel."""
    # TODO
    kh, kw = kernel.shape
    oh = (image.shape[0] - kh) // stride + 1
    ow = (image.shape[1] - kw) // stride + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            patch = image[i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[i, j] = np.sum(patch * kernel)
    return out


def max_pool(x, size):
    """Largest value of each square of this size; what is left over is dropped."""
    # TODO
    h, w = x.shape[0] // size, x.shape[1] // size
    pooled = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            pooled[i, j] = x[i * size : (i + 1) * size, j * size : (j + 1) * size].max()
    return pooled


# Example
image = np.array(
    [
        [0.1, 0.5, -0.3, 0.8, 0.2],
        [1.0, -0.6, 0.4, 0.0, 0.7],
        [-0.2, 0.9, 0.3, -0.5, 0.6],
        [0.4, 0.2, -0.7, 1.1, -0.1],
    ]
)
kernel = np.array([[1.0, -1.0, 0.5], [0.5, 0.2, -0.3], [0.0, 0.4, 1.0]])
padded = zero_pad(image, 1)
feature = conv2d(padded, kernel)
print(feature)
print(max_pool(feature, 2))
print(conv2d(image, kernel, stride=2))
