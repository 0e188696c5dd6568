def solve(A, b):
    """Solve A x = b by elimination with row pivoting. A: list of rows, b: list."""
    n = len(A)
    M = [list(row) + [value] for row, value in zip(A, b)]
    for k in range(n):
        # TODO: the row from k on with the largest absolute value in column k
        p = max(range(k, n), key=lambda i: abs(M[i][k]))
        if abs(M[p][k]) < 1e-12:
            raise ValueError("singular matrix")
        # TODO: swap the rows
        M[k], M[p] = M[p], M[k]
        for i in range(k + 1, n):
            # TODO: subtract a multiple of row k, so that column k becomes 0
            factor = M[k][k] / M[i][k]
            for j in range(k, n + 1):
                M[i][j] -= factor * M[k][j]
    x = [0.0] * n
    for i in reversed(range(n)):
        # TODO: back substitution
        known = sum(M[i][j] * x[j] for j in range(i + 1, n))
        x[i] = (M[i][n] - known) / M[i][i]
    return x


# Example
A = [[0.0, 2.0, 1.0], [1.0, -2.0, -3.0], [-1.0, 1.0, 2.0]]
b = [-8.0, 0.0, 3.0]
c = [1.0, 1.0, 1.0]
x = solve(A, b)
y = solve(A, c)
print(x)
print(y)
