def dot(u, v):
    return sum(a * c for a, c in zip(u, v))

def jacobi(A, b, x0, steps):
    x = list(x0)
    n = len(x)
    while steps > 0:
        x = [(b[i] - dot(A[i], x) + A[i][i] * x[i]) / A[i][i] for i in range(n)]
        steps -= 1
    return x

def sor(A, b, x0, omega, tol=1e-6, maxiter=200):
    x = list(x0)
    n = len(x)

    def size():
        return sum((b[i] - dot(A[i], x)) ** 2 for i in range(n)) ** 0.5

    sweeps = 0
    while sweeps < maxiter and size() > tol:
        for i in range(n):
            gs = (b[i] - dot(A[i], x) + A[i][i] * x[i]) / A[i][i]
            x[i] = x[i] + omega * (gs - x[i])
        sweeps = sweeps + 1
    return [x, sweeps]
