"""Natural cubic splines (Numerical Methods I, week 9).

The second derivatives M_i solve a tridiagonal system, which is done here with the
Thomas algorithm.
"""
from __future__ import annotations

import numpy as np


def thomas(lower: np.ndarray, diag: np.ndarray, upper: np.ndarray, rhs: np.ndarray) -> np.ndarray:
    """Solve a tridiagonal system; lower and upper have one entry less than diag."""
    n = len(diag)
    c = np.zeros(n - 1)
    d = np.zeros(n)
    # TODO: forward sweep
    c[0] = upper[0] / diag[0]
    d[0] = rhs[0] / diag[0]
    for i in range(1, n):
        denom = diag[i] - lower[i - 1] * c[i - 1]
        if i < n - 1:
            c[i] = upper[i] / denom
        d[i] = (rhs[i] - lower[i - 1] * d[i - 1]) / denom
    # TODO: back substitution
    x = d.copy()
    for i in range(n - 2, -1, -1):
        x[i] = d[i] - c[i] * d[i + 1]
    return x


def second_derivatives(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """M_0 ... M_n of the natural spline, with M_0 = M_n = 0."""
    h = np.diff(x)
    # TODO: build the system for the inner points
    slopes = np.diff(y) / h
    rhs = 6 * np.diff(slopes)
    diag = 2 * (h[:-1] + h[1:])
    inner = thomas(h[1:-1], diag, h[1:-1], rhs)
    return np.concatenate(([0.0], inner, [0.0]))


def evaluate(x: np.ndarray, y: np.ndarray, M: np.ndarray, t: float) -> float:
    """Value of the spline at t."""
    # TODO: find the interval
    i = int(np.searchsorted(x, t)) - 1
    i = min(max(i, 0), len(x) - 2)
    # TODO: cubic on that interval
    h = x[i + 1] - x[i]
    a = (x[i + 1] - t) / h
    b = (t - x[i]) / h
    return a * y[i] + b * y[i + 1] + ((a**3 - a) * M[i] + (b**3 - b) * M[i + 1]) * h**2 / 6


if __name__ == "__main__":
    x = np.array([0.0, 1.0, 2.5, 3.0, 4.5])
    y = np.array([1.0, 2.0, 0.5, 0.0, 1.5])
    M = second_derivatives(x, y)
    print("M =", np.round(M, 4))
    for t in (0.5, 1.7, 2.9, 4.0):
        print(t, evaluate(x, y, M, t))
