import numpy as np
import statistics


def describe(values):
    x = np.asarray(values, dtype=float)
    return x.mean(), x.var(ddof=1), np.median(x)


def t_statistic(a, b):
    m = [np.mean(a), np.mean(b)]
    s = [statistics.variance(a), statistics.variance(b)]
    return (m[0] - m[1]) / (s[0] / len(a) + s[1] / len(b)) ** 0.5


def verdict(t, limit=2.0):
    return "significant" if t > limit or t < -limit else "not significant"
