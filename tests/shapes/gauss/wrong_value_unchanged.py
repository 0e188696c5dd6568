def solve(A, b):
    """Solve A x = b by elimination with row pivoting. A: list of rows, b: list."""
    rows = sorted(zip(A, b), key=lambda pair: -abs(pair[0][0]))
    (first, right), rest = rows[0], rows[1:]
    if abs(first[0]) < 1e-12:
        raise ValueError("singular matrix")
    if not rest:
        return [right / first[0]]
    smaller, values = [], []
    for row, value in rest:
        f = row[0] / first[0]
        smaller.append([a - f * p for a, p in zip(row[1:], first[1:])])
        values.append(value)
    others = solve(smaller, values)
    return [(right - sum(p * o for p, o in zip(first[1:], others))) / first[0]] + others


# Example
A = [[2.0, 1.0], [1.0, 3.0]]
b = [3.0, 5.0]
c = [0.0, 1.0]
x = solve(A, b)
y = solve(A, c)
print(x, y)
