from collections import namedtuple
import numpy as np

Estimate = namedtuple("Estimate", "mean covariance")

def predict(estimate, F, Q):
    m, P = estimate
    return Estimate(np.dot(F, m), np.linalg.multi_dot([F, P, F.T]) + Q)

def update(estimate, z, H, R):
    m, P = estimate
    PHt = np.dot(P, H.T)
    S = np.dot(H, PHt) + R
    K = np.linalg.solve(S.T, PHt.T).T
    A = np.eye(len(m)) - K.dot(H)
    return Estimate(m + K.dot(z - H.dot(m)), A @ P @ A.T + K @ R @ K.T)

def filter_all(measurements, start, F, Q, H, R):
    out = np.zeros((len(measurements), len(start.mean)))
    for i in range(len(measurements)):
        start = update(start, measurements[i], H, R)
        start = predict(start, F, Q)
        out[i] = start.mean
    return out
