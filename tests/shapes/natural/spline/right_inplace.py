import numpy as np

def thomas(lower, diag, upper, rhs):
    b = np.array(diag, float)
    d = np.array(rhs, float)
    n = len(b)
    for i in range(1, n):
        w = lower[i-1] / b[i-1]
        b[i] -= w * upper[i-1]
        d[i] -= w * d[i-1]
    d[-1] /= b[-1]
    for i in reversed(range(n-1)):
        d[i] = (d[i] - upper[i] * d[i+1]) / b[i]
    return d

def second_derivatives(x, y):
    h = x[1:] - x[:-1]
    M = np.zeros_like(y)
    s = (y[1:] - y[:-1]) / h
    M[1:-1] = thomas(h[1:-1], 2*(x[2:] - x[:-2]), h[1:-1], 6*(s[1:] - s[:-1]))
    return M

def evaluate(x, y, M, t):
    for j in range(len(x) - 1):
        if t <= x[j+1] or j == len(x) - 2:
            h = x[j+1] - x[j]
            p, q = x[j+1] - t, t - x[j]
            cubic = (M[j] * p**3 + M[j+1] * q**3) / (6*h)
            linear = (y[j]/h - M[j]*h/6) * p + (y[j+1]/h - M[j+1]*h/6) * q
            return cubic + linear
