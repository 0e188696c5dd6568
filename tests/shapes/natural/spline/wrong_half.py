import numpy as np

def thomas(lower, diag, upper, rhs):
    T = np.diag(diag) + np.diag(lower, -1) + np.diag(upper, 1)
    return np.linalg.solve(T, rhs)

def second_derivatives(x, y):
    n = len(x)
    A = np.eye(n)
    r = np.zeros(n)
    for i in range(1, n - 1):
        left, right = x[i] - x[i-1], x[i+1] - x[i]
        A[i, i-1] = left
        A[i, i] = 2 * (left + right)
        A[i, i+1] = right
        r[i] = 6 * ((y[i+1] - y[i]) / right - (y[i] - y[i-1]) / left)
    return np.linalg.solve(A, r)

def evaluate(x, y, M, t):
    k = 0
    while k < len(x) - 2 and t > x[k+1]:
        k += 1
    h = x[k+1] - x[k]
    dt = t - x[k]
    slope = (y[k+1] - y[k]) / h - h * (2 * M[k] + M[k+1]) / 6
    return y[k] + slope * dt + M[k] * dt**2 + (M[k+1] - M[k]) / (6*h) * dt**3
