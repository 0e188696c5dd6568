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
    return Kind.HYPERBOLA if disc > 0 else Kind.ELLIPSE


def quadratic_roots(a, b, c):
    """Both roots of a x^2 + b x + c, the one with + before the root first."""
    # TODO: complex ones too
    p, q = b / a, c / a
    h = (p * p / 4 - q + 0j) ** 0.5
    return -p / 2 + h, -p / 2 - h


def is_positive_definite(A):
    """True if the symmetric matrix A is positive definite; ValueError unless it is symmetric."""
    # TODO
    A = np.asarray(A)
    if not np.allclose(A, A.T):
        raise ValueError("not symmetric")
    return bool(np.all(np.linalg.eigvalsh(A) > 0))

