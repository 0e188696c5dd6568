import numpy as np


def power_iteration(A, start, n=10):
    v = start / np.linalg.norm(start)
    for _ in range(n):
        # TODO: multiply by the matrix
        w = np.dot(A, v)
        # TODO: make the length 1 again
        v = w / np.linalg.norm(w)
    # TODO: the Rayleigh quotient
    value = v @ A @ v
    # the sign is arbitrary: let the component with the largest absolute value be positive
    if v[np.argmax(np.abs(v))] < 0:
        # TODO
        v = -v
    return value, v


# Example
A = np.array([[-2.0, 1.0, 0.0], [1.0, -3.0, 1.5], [0.0, 1.5, 1.0]])
start = np.ones(3)
n = 7
value, vector = power_iteration(A, start, n=n)
print("eigenvalue", value)
print("eigenvector", vector)
