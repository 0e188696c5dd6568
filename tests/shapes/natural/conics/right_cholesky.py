"""Quadratic forms: what kind of curve, what roots."""
import cmath
from enum import Enum

import numpy as np


class Kind(Enum):
    ELLIPSE = "ellipse"
    PARABOLA = "parabola"
    HYPERBOLA = "hyperbola"


def classify(a, b, c):
    """Kind of the curve a x^2 + b x y + c y^2 = 1."""
    # TODO: by the discriminant
    disc = b * b - 4 * a * c
    if abs(disc) < 1e-9:
        return Kind.PARABOLA
    if disc > 0:
        return Kind.HYPERBOLA
    return Kind("ellipse")


def quadratic_roots(a, b, c):
    """Both roots of a x^2 + b x + c, the one with + before the root first."""
    # TODO: complex ones too
    root = cmath.sqrt(b * b - 4 * a * c)
    return (-b + root) / (2 * a), (-b - root) / (2 * a)


def is_positive_definite(A):
    """True if the symmetric matrix A is positive definite; ValueError unless it is symmetric."""
    # TODO
    A = np.asarray(A)
    if not np.allclose(A, A.T):
        raise ValueError("not symmetric")
    try:
        np.linalg.cholesky(A)
    except np.linalg.LinAlgError:
        return False
    return True

