# Numerical Linear Algebra, sheet 5: stationary iterations
import numpy as np
from numpy.linalg import norm


def jacobi(A, b, x0, steps):
    x = x0.copy()
    D = np.diag(A)
    for k in range(steps):
        # TODO one step of Jacobi's method
        x = (b - (A @ x + D * x)) / D
    return x


def sor(A, b, x0, omega, tol=1e-6, maxiter=200):
    """Successive over-relaxation; returns the solution and the number of sweeps."""
    n = len(b)
    x = x0.copy()
    sweeps = 0
    while norm(b - A @ x) > tol and sweeps < maxiter:
        for i in range(n):
            # TODO Gauss-Seidel value, then relaxation
            sigma = A[i, :i] @ x[:i] + A[i, i+1:] @ x[i+1:]
            gs = (b[i] - sigma) / A[i, i]
            x[i] = (1 - omega) * x[i] + omega * gs
        sweeps += 1
    return x, sweeps


# Test
A = np.array([[4.0, -1.0, 0.5], [-1.0, 5.0, -1.0], [0.5, -1.0, 3.0]])
b = np.array([1.0, 2.0, -1.0])
x0 = np.zeros(3)
x_jac = jacobi(A, b, x0, 5)
x_sor, sweeps = sor(A, b, x0, omega=1.1)
print(x_jac, x_sor, sweeps)
assert np.allclose(A @ x_sor, b, atol=1e-5)
