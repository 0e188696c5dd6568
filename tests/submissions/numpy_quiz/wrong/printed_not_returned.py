import numpy as np
def centred_row(numbers):
    row = np.array([numbers]) - min(numbers)
    print(row)
def products(first, second):
    if first.shape[1] == second.shape[0]:
        forward = first @ second
    else:
        forward = "no fit"
    if second.shape[1] == first.shape[0]:
        backward = second @ first
    else:
        backward = "no fit"
    return forward, backward
column_shares = lambda table: table / np.sum(table, axis=0, keepdims=True)
count_above = lambda table, level: np.sum(table > level, axis=1)
