import numpy as np
from collections import Counter


def describe(values):
    """Return mean, sample variance, median and mode of a list of numbers."""
    # TODO: the mean
    n = len(values)
    mean = sum(values) / n

    # TODO: the sample variance
    variance = sum((v - mean) ** 2 for v in values) / n

    # TODO: the median
    ordered = sorted(values)
    half = n // 2
    if n % 2:
        median = ordered[half]
    else:
        median = (ordered[half - 1] + ordered[half]) / 2
    return mean, variance, median


def t_statistic(a, b):
    """Return Welch's t for two samples."""
    # TODO
    mean_a, var_a, _ = describe(a)
    mean_b, var_b, _ = describe(b)
    error = np.sqrt(var_a / len(a) + var_b / len(b))
    t = (mean_a - mean_b) / error
    return t


def verdict(t, limit=2.0):
    """Say in words what the statistic means."""
    # TODO
    if abs(t) > limit:
        text = "significant"
    else:
        text = "not significant"
    return text


before = [5.1, 4.9, 6.2, 5.8, 6.0, 5.5]
after = [5.9, 6.1, 6.6, 5.7, 7.2]
print("before:", describe(before))
print("after: mean %.2f variance %.2f median %.2f" % describe(after))
t = t_statistic(before, after)
print("t =", round(t, 3), verdict(t))
