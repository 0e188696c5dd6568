import numpy as np
from math import sqrt

def householder_vector(x):
    s = 0.0
    for value in x:
        s += value * value
    length = sqrt(s)
    v = [float(value) for value in x]
    if v[0] < 0:
        v[0] = v[0] - length
    else:
        v[0] = v[0] + length
    return np.array(v)

def qr(A):
    m, n = A.shape
    R = A * 1.0
    Qt = np.eye(m)
    for k in range(min(m - 1, n)):
        u = householder_vector(R[k:, k])
        u = u / np.linalg.norm(u)
        for j in range(n):
            R[k:, j] = R[k:, j] - 2 * u * (u @ R[k:, j])
        for j in range(m):
            Qt[k:, j] = Qt[k:, j] - 2 * u * (u @ Qt[k:, j])
    return Qt.T, R

def least_squares(A, b):
    # normal equations are enough here
    return np.linalg.solve(A.T @ A, A.T @ b)
