"""Numerical analysis, exercise sheet 6: adaptive quadrature."""
import math


def trapezoid(f, a, b):
    # TODO: one trapezoid
    return (b - a) * (f(a) + f(b)) / 2


def adaptive(f, a, b, tol, depth=0):
    """Integral of f and the number of intervals used."""
    # TODO: compare one trapezoid with two; if they differ by more than tol, halve the interval (and tol)
    m = (a + b) / 2
    whole = trapezoid(f, a, b)
    halves = trapezoid(f, a, m) + trapezoid(f, m, b)
    if abs(whole - halves) < tol or depth >= 20:
        return halves + (halves - whole) / 3, 2
    left, used_left = adaptive(f, a, m, tol / 2, depth + 1)
    right, used_right = adaptive(f, a, m, tol / 2, depth + 1)
    return left + right, used_left + used_right


def arc_length(f, a, b, n):
    """Length of the graph of f, with n straight pieces."""
    # TODO
    total = 0.0
    h = (b - a) / n
    for i in range(n):
        x0 = a + i * h
        x1 = x0 + h
        total += math.hypot(h, f(x1) - f(x0))
    return total


area, used = adaptive(math.sin, 0.2, 2.9, 0.001)
print(f"{area:.6f} with {used} intervals")
length = arc_length(lambda t: t * t, 0.0, 2.0, 10)
print("length", length)
print(trapezoid(math.exp, 0.0, 1.5))
