import numpy as np

def centred_row(numbers):
    a = np.asarray(numbers, float).reshape(1, -1)
    return a - a.min()

def products(first, second):
    out = []
    for a, b in ((first, second), (second, first)):
        try:
            out.append(np.matmul(a, b))
        except ValueError as error:
            print(f"{error=}")
            out.append("no fit")
    return tuple(out)

def column_shares(table):
    return table / table.sum(0)

def count_above(table, level):
    return np.count_nonzero(table > level, axis=1)
