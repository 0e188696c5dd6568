class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        self.shape = len(self.rows), len(self.rows[0])

    def __add__(self, other):
        return Matrix([[self.rows[i][j] + other.rows[i][j] for j in range(self.shape[1])] for i in range(self.shape[0])])

    def __mul__(self, factor):
        out = Matrix(self.rows)
        for row in out.rows:
            for j in range(len(row)):
                row[j] *= factor
        return out

    def __matmul__(self, other):
        cols = list(zip(*other.rows))
        return Matrix([[sum(x * y for x, y in zip(r, c)) for c in cols] for r in self.rows])

    def transpose(self):
        return Matrix(list(zip(*self.rows)))

    def trace(self):
        return sum(r[i] for i, r in enumerate(self.rows) if i < len(r))
