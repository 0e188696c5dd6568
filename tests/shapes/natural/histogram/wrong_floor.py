import numpy as np

def histogram(image, levels):
    return np.bincount(image.ravel(), minlength=levels)

def equalise(image, levels):
    c = histogram(image, levels).cumsum()
    c_min = c[image.min()]
    n = image.shape[0] * image.shape[1]
    if n == c_min:
        return image
    out = (c[image] - c_min) / (n - c_min) * (levels - 1)
    return out.astype(int)

def otsu(image, levels):
    best = (0, -1.0)
    for t in range(1, levels):
        low, high = image[image < t], image[image >= t]
        if len(low) and len(high):
            v = len(low) * len(high) * (low.mean() - high.mean()) ** 2 / image.size ** 2
            if v > best[1] + 1e-12:
                best = (t, v)
    return best[0]
