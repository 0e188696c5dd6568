import math

def trapezoid(f, a, b):
    h = b - a
    return 0.5 * h * f(a) + 0.5 * h * f(b)

def adaptive(f, a, b, tol, depth=0):
    todo = [(a, b, tol, depth)]
    total = 0
    count = 0
    while todo:
        lo, hi, eps, level = todo.pop()
        mid = (lo + hi) / 2
        one = trapezoid(f, lo, hi)
        two = trapezoid(f, lo, mid) + trapezoid(f, mid, hi)
        if abs(one - two) < eps or level >= 20:
            total += two + (two - one) / 3
            count += 1
        else:
            todo.append((lo, mid, eps / 2, level + 1))
            todo.append((mid, hi, eps / 2, level + 1))
    return total, count

def arc_length(f, a, b, n):
    import numpy as np
    x = np.linspace(a, b, n + 1)
    y = np.array([f(v) for v in x])
    return np.sqrt(np.diff(x) ** 2 + np.diff(y) ** 2).sum()
