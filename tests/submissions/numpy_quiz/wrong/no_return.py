import numpy as np


def centred_row(numbers):
    """Return a list of numbers as a matrix of one row, with the smallest number taken off each."""
    # TODO: an array of one row, shifted so that its smallest element is 0
    row = np.array(numbers, dtype=float)[None, :]
    row = row - row.min()
    return row


def products(first, second):
    """Return both matrix products, second after first and first after second, where the shapes fit.

    A product whose shapes do not fit is the text 'no fit'.
    """
    # TODO: first times second
    forward = first @ second if first.shape[1] == second.shape[0] else 'no fit'

    # TODO: second times first
    backward = second @ first if second.shape[1] == first.shape[0] else 'no fit'
    return forward, backward


def column_shares(table):
    """Return each element as a share of its column's sum."""
    # TODO: no loop is needed
    shares = table / table.sum(axis=0)
    print(shares)


def count_above(table, level):
    """Return for each row how many of its elements are above a level."""
    # TODO: comparisons can be added up
    counts = (table > level).sum(axis=1)
    return counts


# Example
numbers = [4.0, -1.5, 2.5]
row = centred_row(numbers)

first = np.array([[1.0, -2.0, 0.5], [0.3, 1.5, -1.0]])
second = np.array([[0.5, 2.0], [-1.0, 0.4], [1.2, -0.6]])
forward, backward = products(first, second)
same, other = products(first, first)

table = np.array([[2.0, 1.0, 3.5], [0.5, 4.0, 1.5]])
level = 1.8
shares = column_shares(table)
counts = count_above(table, level)
print(row, forward, backward, same, other, shares, counts)
