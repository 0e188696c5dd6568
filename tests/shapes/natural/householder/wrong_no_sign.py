import numpy as np

def householder_vector(x):
    v = np.array(x, dtype=float)
    alpha = np.linalg.norm(v)
    v[0] = v[0] + alpha
    return v

def reflect(M, v):
    return M - 2 * np.outer(v, v @ M) / (v @ v)

def qr(A):
    m, n = A.shape
    R, Q = A.copy(), np.eye(m)
    for k in range(min(m - 1, n)):
        v = np.concatenate([np.zeros(k), householder_vector(R[k:, k])])
        R = reflect(R, v)
        Q = reflect(Q.T, v).T
    return (Q, R)

def least_squares(A, b):
    return np.linalg.lstsq(A, b, rcond=None)[0]
