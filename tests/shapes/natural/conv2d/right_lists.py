import numpy as np


def zero_pad(image, p):
    rows = []
    width = len(image[0]) + 2 * p
    for _ in range(p):
        rows.append([0.0] * width)
    for row in image:
        rows.append([0.0] * p + list(row) + [0.0] * p)
    for _ in range(p):
        rows.append([0.0] * width)
    return np.array(rows)


def conv2d(image, kernel, stride=1):
    kh, kw = kernel.shape
    result = []
    for i in range(0, image.shape[0] - kh + 1, stride):
        line = []
        for j in range(0, image.shape[1] - kw + 1, stride):
            total = 0.0
            for a in range(kh):
                for b in range(kw):
                    total += image[i + a, j + b] * kernel[a, b]
            line.append(total)
        result.append(line)
    return np.array(result)


def max_pool(x, size):
    return np.array([[x[i:i + size, j:j + size].max() for j in range(0, x.shape[1] - size + 1, size)]
                     for i in range(0, x.shape[0] - size + 1, size)])
