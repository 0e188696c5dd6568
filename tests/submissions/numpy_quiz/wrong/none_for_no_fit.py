import numpy as np

def centred_row(numbers):
    a = np.asarray(numbers, float).reshape(1, -1)
    return a - a.min()

def products(first, second):
    forward = first @ second if first.shape[1] == second.shape[0] else None
    backward = second @ first if second.shape[1] == first.shape[0] else None
    return forward, backward

def column_shares(table):
    return table / table.sum(0)

def count_above(table, level):
    return (table > level).sum(1)
