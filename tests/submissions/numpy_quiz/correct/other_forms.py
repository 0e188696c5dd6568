import numpy as np


def centred_row(numbers):
    a = np.asarray(numbers).reshape(1, -1)
    return a - np.min(a)


def products(first, second):
    results = []
    for a, b in ((first, second), (second, first)):
        try:
            results.append(np.dot(a, b))
        except ValueError:
            results.append('no fit')
    return tuple(results)


def column_shares(table):
    return (table.T / np.sum(table, 0)[:, np.newaxis]).T


def count_above(table, level):
    return np.count_nonzero(table > level, axis=1)
