import numpy as np

def jacobi(A, b, x0, steps):
    x = np.array(x0, dtype=float)
    n = len(b)
    for _ in range(steps):
        new = x
        for i in range(n):
            s = 0
            for j in range(n):
                if j != i:
                    s += A[i][j] * x[j]
            new[i] = (b[i] - s) / A[i][i]
        x = new
    return x

def sor(A, b, x0, omega, tol=1e-6, maxiter=200):
    x = np.array(x0, dtype=float)
    n = len(b)
    count = 0
    for _ in range(maxiter):
        r = np.sqrt(np.sum((b - np.dot(A, x)) ** 2))
        if r <= tol:
            break
        for i in range(n):
            residual = b[i]
            for j in range(n):
                residual -= A[i][j] * x[j]
            x[i] += omega * residual / A[i][i]
        count += 1
    return x, count
