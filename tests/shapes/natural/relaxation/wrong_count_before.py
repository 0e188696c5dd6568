import numpy as np

def jacobi(A, b, x0, steps):
    D_inv = np.diag(1 / np.diag(A))
    R = A - np.diag(np.diag(A))
    x = x0
    for k in range(steps):
        x = D_inv @ (b - R @ x)
    return x

def sor(A, b, x0, omega, tol=1e-6, maxiter=200):
    D = np.diag(np.diag(A))
    L = np.tril(A, -1)
    U = np.triu(A, 1)
    M = D + omega * L
    N = (1 - omega) * D - omega * U
    x = x0
    k = 1
    while k < maxiter:
        if np.linalg.norm(A @ x - b) <= tol:
            break
        x = np.linalg.solve(M, N @ x + omega * b)
        k += 1
    return x, k
