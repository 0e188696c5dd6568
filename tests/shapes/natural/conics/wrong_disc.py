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
    disc = b * b - a * c
    if abs(disc) < 1e-9:
        return Kind.PARABOLA
    return Kind.HYPERBOLA if disc > 0 else Kind.ELLIPSE


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
    return bool(np.all(np.linalg.eigvalsh(A) > 0))


print(classify(2.0, 1.0, 3.0).value)
print(classify(1.0, 5.0, 1.0).value)
print(quadratic_roots(1.0, 2.0, 5.0))
print(is_positive_definite([[2.0, -1.0], [-1.0, 2.0]]))
print(is_positive_definite([[1.0, 3.0], [3.0, 1.0]]))
try:
    is_positive_definite([[1.0, 2.0], [0.0, 1.0]])
except ValueError:
    print("not symmetric, as expected")
