# Operations research - lab 3
# The simplex method on a tableau: last row = objective, last column = right-hand side.
import numpy as np


def entering(T):
    """Column with the most negative entry in the objective row, or -1 if there is none."""
    # TODO
    row = T[-1, :-1]
    j = int(np.argmin(np.abs(row)))
    return j if row[j] < -1e-9 else -1


def leaving(T, col):
    """Row with the smallest ratio rhs / entry among positive entries; -1 = unbounded."""
    # TODO
    best, best_ratio = -1, float("inf")
    for i in range(T.shape[0] - 1):
        if T[i, col] > 1e-9:
            ratio = T[i, -1] / T[i, col]
            if ratio < best_ratio:
                best, best_ratio = i, ratio
    return best


def pivot(T, row, col):
    """Tableau after the exchange; T itself is left alone."""
    # TODO
    new = T.copy()
    new[row] = new[row] / T[row, col]
    for i in range(len(T)):
        if i != row:
            new[i] = new[i] - T[i, col] * new[row]
    return new


def solve(c, A, b):
    """Maximise c x with A x <= b, x >= 0 (b >= 0). Returns the optimum and the final tableau."""
    m, n = A.shape
    # TODO: tableau with slack variables
    T = np.zeros((m + 1, n + m + 1))
    T[:m, :n] = A
    T[:m, n:n + m] = np.eye(m)
    T[:m, -1] = b
    T[-1, :n] = -c
    # TODO: pivot until optimal
    while True:
        col = entering(T)
        if col < 0:
            break
        row = leaving(T, col)
        if row < 0:
            raise ValueError("unbounded")
        T = pivot(T, row, col)
    return T[-1, -1], T


if __name__ == "__main__":
    c = np.array([3.0, 5.0])
    A = np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 2.0]])
    b = np.array([4.0, 12.0, 18.0])
    value, T = solve(c, A, b)
    print("optimum", value)
    print(T)
    start = np.array([[1.0, 0.5, 1.0, 0.0, 4.0], [0.5, 2.0, 0.0, 1.0, 12.0], [-3.0, -5.0, 0.0, 0.0, 0.0]])
    print("entering:", entering(start), "leaving:", leaving(start, 1))
    print(pivot(start, 1, 1))
    try:
        solve(c, -A, b)
    except ValueError as error:
        print("error:", error)
