import numpy as np


def check(matrix, right):
    u, c = triangular(matrix, right)
    solution = back_substitution(u, c)
    return np.allclose(matrix @ solution, right)


def triangular(matrix, right):
    """Return matrix and right side after elimination with pivoting: zeros below the diagonal, same solutions."""
    u = matrix.astype(float).copy()
    c = right.astype(float).copy()
    n = len(c)
    for k in range(n - 1):
        # TODO: the row at or below k with the largest element of column k comes up
        p = k + np.argmax(np.abs(u[k:, k]))
        u[[k, p]] = u[[p, k]]
        c[[k, p]] = c[[p, k]]
        for i in range(k + 1, n):
            # TODO: take a multiple of row k off row i, so that column k becomes 0
            factor = u[i, k] / u[k, k]
            u[i] = u[i] - factor * u[k]
            c[i] = c[i] - factor * c[k]
    return u, c


def back_substitution(u, c):
    """Return the solution of a triangular system, from the last unknown to the first."""
    n = len(c)
    x = np.zeros(n)
    for i in range(n - 1, -1, -1):
        # TODO: what is known goes to the right side
        x[i] = c[i] - u[i, i + 1:] @ x[i + 1:]
    return x


def kernel_direction(matrix):
    """Return a vector, not zero, that a singular matrix of rank n - 1 turns into zero."""
    # TODO: eliminate, set the last unknown to 1, and substitute back
    n = len(matrix)
    u, _ = triangular(matrix, np.zeros(n))
    direction = np.ones(n)
    direction[:-1] = back_substitution(u[:-1, :-1], -u[:-1, -1])
    return direction


def misfit(matrix, x, right):
    """Return how far matrix times x is from the right side, in whatever norm."""
    # TODO: the length of the difference
    return np.linalg.norm(matrix @ x - right)
