class Matrix:
    """A small matrix of numbers."""

    def __init__(self, rows):
        self.rows = [list(row) for row in rows]
        self.shape = (len(rows), len(rows[0]))

    def __repr__(self):
        return f"Matrix({self.rows})"

    def __add__(self, other):
        # TODO
        result = []
        for left, right in zip(self.rows, other.rows):
            result.append([a + b for a, b in zip(left, right)])
        return Matrix(result)

    def __mul__(self, factor):
        # TODO: times a number
        return Matrix([[factor * a for a in row] for row in self.rows])

    def __matmul__(self, other):
        # TODO
        n, m = self.shape[0], other.shape[1]
        result = [[0] * m for _ in range(n)]
        for i in range(n):
            for j in range(m):
                for k in range(self.shape[1]):
                    result[i][j] += self.rows[i][k] * other.rows[k][j]
        return Matrix(result)

    def transpose(self):
        # TODO
        return Matrix([[row[j] for row in self.rows] for j in range(self.shape[1])])

    def trace(self):
        # TODO
        total = 0
        for i in range(min(self.shape)):
            total += self.rows[0][i]
        return total


a = Matrix([[1.0, 2.0, -1.0], [0.5, 3.0, 4.0]])
b = Matrix([[2.0, 0.0], [1.0, -1.5], [0.3, 1.2]])
print(a @ b)
print((a @ b).trace())
print(a + b.transpose())
print((a * 2.5).rows)
