import math

import numpy as np

# Exercise 5: composite quadrature rules.


def nodes(a, b, n):
    """The n + 1 equidistant nodes of [a, b]."""
    # TODO
    return a + (b - a) / n * np.arange(n + 1)


def trapezoid(f, a, b, n=10):
    x = nodes(a, b, n)
    y = f(x)
    # TODO: composite trapezoidal rule
    h = (b - a) / n
    return h * (y[0] / 2 + y[1:-1].sum() + y[-1] / 2)


def simpson(f, a, b, n=10):
    if n % 2:
        raise ValueError("n must be even")
    x = nodes(a, b, n)
    y = f(x)
    # TODO: composite Simpson rule
    h = (b - a) / n
    return h / 3 * (y[0] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum() + y[-1])


def richardson(f, a, b, n=10):
    """Extrapolate the trapezoidal rule from n and 2n."""
    # TODO: two calls of trapezoid
    coarse = trapezoid(f, a, b, n)
    fine = trapezoid(f, a, b, 2 * n)
    return (4 * fine - coarse) / 3


def main():
    lower, upper = 0.0, 2.0
    n = 8
    t = trapezoid(np.exp, lower, upper, n)
    s = simpson(np.exp, lower, upper, n)
    r = richardson(np.sin, lower, upper)
    print("trapezoid", t, "error", t - (math.exp(upper) - 1))
    print("simpson  ", s)
    print("richardson", r)


if __name__ == "__main__":
    main()
