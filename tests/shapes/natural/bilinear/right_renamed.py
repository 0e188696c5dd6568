import numpy as np


def lerp(a, b, t):
    return a + (b - a) * t


def sample(img, r, c):
    h, w = img.shape
    lo_r = int(r)
    lo_c = int(c)
    hi_r = lo_r + 1 if lo_r + 1 < h else h - 1
    hi_c = lo_c + 1 if lo_c + 1 < w else w - 1
    t = r - lo_r
    s = c - lo_c
    upper = lerp(img[lo_r, lo_c], img[lo_r, hi_c], s)
    under = lerp(img[hi_r, lo_c], img[hi_r, hi_c], s)
    return lerp(upper, under, t)


def bilinear(image, rows, cols):
    result = np.empty(len(rows))
    for k in range(len(rows)):
        result[k] = sample(image, rows[k], cols[k])
    return result
