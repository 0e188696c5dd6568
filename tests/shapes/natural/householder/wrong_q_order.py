import numpy as np


def householder_vector(x):
    e1 = np.zeros(len(x))
    e1[0] = 1
    return x + np.copysign(np.sqrt(np.dot(x, x)), x[0]) * e1


def qr(A):
    m, n = A.shape
    Q = np.identity(m)
    R = np.array(A)
    for k in range(n):
        if k == m - 1:
            break
        w = householder_vector(R[k:, k])
        H = np.identity(m)
        H[k:, k:] = H[k:, k:] - 2 * np.outer(w, w) / np.dot(w, w)
        R = H @ R
        Q = H @ Q
    return Q, R


def least_squares(A, b):
    Q, R = qr(A)
    n = A.shape[1]
    return np.linalg.solve(R[:n], (Q.T @ b)[:n])
