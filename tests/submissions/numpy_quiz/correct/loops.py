def centred_row(numbers):
    low = min(numbers)
    return [[x - low for x in numbers]]


def multiply(a, b):
    if len(a[0]) != len(b):
        return 'no fit'
    return [[sum(a[i][k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))] for i in range(len(a))]


def products(first, second):
    return multiply(first, second), multiply(second, first)


def column_shares(table):
    sums = [sum(row[j] for row in table) for j in range(len(table[0]))]
    return [[row[j] / sums[j] for j in range(len(row))] for row in table]


def count_above(table, level):
    return [sum(1 for x in row if x > level) for row in table]
