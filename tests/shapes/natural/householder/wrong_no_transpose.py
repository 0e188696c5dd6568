import numpy as np


def householder_vector(x):
    """Vector v with (I - 2 v v^T / v^T v) x = -sign(x_0) |x| e_1."""
    # YOUR CODE HERE
    v = x.astype(float).copy()
    sign = 1.0 if x[0] >= 0 else -1.0
    v[0] += sign * np.linalg.norm(x)
    return v


def qr(A):
    """QR decomposition by Householder reflections: A = Q R, Q is m x m."""
    m, n = A.shape
    R = A.astype(float).copy()
    Q = np.eye(m)
    for k in range(min(m - 1, n)):
        # YOUR CODE HERE
        v = householder_vector(R[k:, k])
        beta = 2 / (v @ v)
        R[k:, :] -= beta * np.outer(v, v @ R[k:, :])
        Q[:, k:] -= beta * np.outer(Q[:, k:] @ v, v)
    return Q, R


def least_squares(A, b):
    """Minimise |A x - b| with the decomposition above."""
    n = A.shape[1]
    Q, R = qr(A)
    # YOUR CODE HERE
    y = Q[:len(b)] @ b
    x = np.zeros(n)
    for i in range(n - 1, -1, -1):
        x[i] = (y[i] - R[i, i + 1:] @ x[i + 1:]) / R[i, i]
    return x


def main():
    A = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0], [2.0, 2.0]])
    b = np.array([1.0, 0.0, 2.0, -1.0])
    Q, R = qr(A)
    print("Q =\n", Q)
    print("R =\n", R)
    print("error", np.abs(Q @ R - A).max())
    x = least_squares(A, b)
    print("x =", x)


if __name__ == "__main__":
    main()
