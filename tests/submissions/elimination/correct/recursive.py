import numpy as np

def triangular(matrix, right):
    def go(rows):
        if len(rows) <= 1:
            return rows
        rows = sorted(rows, key=lambda r: -abs(r[0]))
        top, *rest = rows
        rest = [[b - r[0] / top[0] * t for t, b in zip(top[1:], r[1:])] for r in rest]
        return [top] + [[0.0, *r] for r in go(rest)]
    full = np.array(go([[*map(float, row), float(b)] for row, b in zip(matrix, right)]))
    return full[:, :-1], full[:, -1]

def back_substitution(u, c):
    x = np.zeros(len(c))
    for i in reversed(range(len(c))):
        x[i] = (c[i] - np.dot(u[i, i+1:], x[i+1:])) / u[i, i]
    return x

def kernel_direction(matrix):
    u, _ = triangular(matrix, np.zeros(len(matrix)))
    head = back_substitution(u[:-1, :-1], -u[:-1, -1])
    return np.append(head, 1.0)

from math import hypot
def misfit(matrix, x, right):
    return hypot(*(sum(a * b for a, b in zip(row, x)) - r for row, r in zip(matrix, right)))
