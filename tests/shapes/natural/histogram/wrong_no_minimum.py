#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""
Image processing, practical 2
-----------------------------
Grey-level histograms. Images are 2d arrays of integers 0 ... levels - 1.
"""
import numpy as np


def histogram(image, levels):
    counts = np.zeros(levels, dtype=int)
    # TODO count each grey level (do not use np.histogram)
    for value in image.flatten():
        counts[value] += 1
    return counts


def equalise(image, levels):
    """Map grey levels so that the cumulative histogram becomes linear."""
    hist = histogram(image, levels)
    # TODO
    cdf = np.cumsum(hist)
    lowest = cdf[cdf > 0][0]
    if lowest == image.size:
        return image.copy()
    table = np.round(cdf / image.size * (levels - 1)).astype(int)
    return table[image]


def otsu(image, levels):
    """Threshold with the largest variance between the classes."""
    hist = histogram(image, levels)
    p = hist / hist.sum()
    best, best_var = 0, -1.0
    # TODO
    for t in range(1, levels):
        w0, w1 = p[:t].sum(), p[t:].sum()
        if w0 == 0 or w1 == 0:
            continue
        mu0 = (np.arange(t) * p[:t]).sum() / w0
        mu1 = (np.arange(t, levels) * p[t:]).sum() / w1
        var = w0 * w1 * (mu0 - mu1) ** 2
        if var > best_var + 1e-12:
            best, best_var = t, var
    return best


levels = 8
image = np.array([
    [1, 1, 2, 3, 3],
    [1, 2, 2, 6, 6],
    [0, 2, 5, 6, 7],
    [1, 1, 5, 6, 6],
])
print("histogram:", histogram(image, levels))
print("equalised:")
print(equalise(image, levels))
print("threshold:", otsu(image, levels))
