"""Recursion exercises (CS1, week 5). No numpy today!"""


def minor(matrix: list[list[float]], i: int, j: int) -> list[list[float]]:
    """The matrix without row i and column j."""
    # TODO
    return [row[:j] + row[j + 1:] for k, row in enumerate(matrix) if k != i]


def det(matrix):
    """Determinant by expansion along the first row."""
    if len(matrix) == 1:
        return matrix[0][0]
    # TODO
    total = 0
    for j, a in enumerate(matrix[0]):
        total += (-1) ** j * a * det(minor(matrix, 0, j))
    return total


def power(x, n):
    """x to the power n by repeated squaring"""
    # TODO: three cases
    if n == 0:
        return 1
    half = power(x, n // 2)
    return half * half * (x if n % 2 else 1)


def hanoi(n, source="A", target="C", spare="B"):
    """List of moves."""
    # TODO
    if n == 0:
        return []
    return hanoi(n - 1, source, spare, target) + [(source, target)] + hanoi(n - 1, spare, target, source)


def binary(n):
    # TODO: the binary digits as a string
    return str(n) if n < 2 else binary(n // 2) + str(n % 2)


print(det([[2.0, 1.0, 0.5], [-1.0, 3.0, 2.0], [0.5, 1.5, 1.0]]))
print(minor([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 1, 0))
print(power(1.5, 7))
print(hanoi(3))
print(binary(13))
