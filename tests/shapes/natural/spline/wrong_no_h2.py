from bisect import bisect_left

def thomas(lower, diag, upper, rhs):
    n = len(diag)
    cp, dp = [], []
    for i in range(n):
        if i == 0:
            m = diag[0]
            dp.append(rhs[0] / m)
        else:
            m = diag[i] - lower[i-1] * cp[-1]
            dp.append((rhs[i] - lower[i-1] * dp[-1]) / m)
        if i < n - 1:
            cp.append(upper[i] / m)
    out = [dp[-1]]
    for i in range(n - 2, -1, -1):
        out.insert(0, dp[i] - cp[i] * out[0])
    return out

def second_derivatives(x, y):
    n = len(x) - 1
    h = [x[i+1] - x[i] for i in range(n)]
    r = [6 * ((y[i+1] - y[i]) / h[i] - (y[i] - y[i-1]) / h[i-1]) for i in range(1, n)]
    main = [2 * (h[i-1] + h[i]) for i in range(1, n)]
    off = h[1:-1]
    return [0.0] + thomas(off, main, off, r) + [0.0]

def evaluate(x, y, M, t):
    i = max(0, min(bisect_left(list(x), t) - 1, len(x) - 2))
    h = x[i+1] - x[i]
    a = (x[i+1] - t) / h
    b = 1 - a
    value = a * y[i] + b * y[i+1]
    value += (a**3 - a) * M[i] * h * h / 6
    value += (b**3 - b) * M[i+1] * h / 6
    return value
