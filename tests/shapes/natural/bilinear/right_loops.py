import numpy as np
import math


def bilinear(image, rows, cols):
    out = []
    H = len(image)
    W = len(image[0])
    for r, c in zip(rows, cols):
        i = min(math.floor(r), H - 2)
        j = min(math.floor(c), W - 2)
        p = r - i
        q = c - j
        value = (1 - p) * (1 - q) * image[i][j]
        value += (1 - p) * q * image[i][j + 1]
        value += p * (1 - q) * image[i + 1][j]
        value += p * q * image[i + 1][j + 1]
        out.append(value)
    return np.array(out)
