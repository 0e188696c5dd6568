"""Lab 3: Newton's method.

Course: Numerical Methods I
"""
from typing import Callable

MAX_ITER = 60


def newton(f: Callable[[float], float], df: Callable[[float], float], x0: float, tol: float = 1e-10):
    """Find a zero of f by Newton's method.

    Returns the zero and the number of steps that were needed.

    >>> newton(lambda x: x - 1, lambda x: 1.0, 5.0)[0]
    1.0
    """
    x = x0
    for step in range(MAX_ITER):
        slope = df(x)
        if slope == 0:
            raise ZeroDivisionError("flat tangent")
        # TODO: one Newton step; stop when it is shorter than tol
        dx = -f(x) / slope
        x = x + dx
        if abs(dx) < tol:
            return x, step + 1
    raise RuntimeError("no convergence")


def square_root(a: float) -> float:
    """The square root of a, by newton()."""
    # TODO: use newton with the right f and df
    root, _ = newton(lambda x: x * x - a, lambda x: 2 * x, 1.0 + a)
    return root


if __name__ == "__main__":
    coefficient = 2.5
    start = 1.5
    root, steps = newton(lambda x: x**3 - coefficient, lambda x: 3 * x**2, start)
    print(f"cube root of {coefficient} is {root:.8f} after {steps} steps")
    a = 7.0
    r = square_root(a)
    print("sqrt:", r)
