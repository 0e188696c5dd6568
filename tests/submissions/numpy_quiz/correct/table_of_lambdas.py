import numpy as np

def centred_row(numbers):
    *shifted, = map(lambda v: v - min(numbers), numbers)
    return np.array([shifted])

_TABLE = {True: lambda a, b: np.dot(a, b), False: lambda a, b: "no fit"}
def products(first, second):
    fit = lambda a, b: np.shape(a)[-1] == np.shape(b)[0]
    return [_TABLE[fit(*pair)](*pair) for pair in [(first, second), (second, first)]]

def column_shares(table):
    return table / table.sum(0)

def count_above(table, level):
    return (table > level).sum(1)
