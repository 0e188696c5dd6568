class RunningStats:
    """Mean and variance of a stream (Welford 1962)."""

    def __init__(self):
        self.n = 0
        self.mean = 0.0
        self._m2 = 0.0

    def push(self, x):
        # TODO: update n, mean and the sum of squares
        self.n += 1
        delta = x - self.mean
        self.mean += delta / self.n
        self._m2 += delta * (x - self.mean)

    @property
    def variance(self):
        # TODO: sample variance; 0 if there are less than two numbers
        return self._m2 / (self.n - 1) if self.n > 1 else 0.0

    def __len__(self):
        return self.n

    def __add__(self, other):
        """Statistics of both streams together."""
        both = RunningStats()
        # TODO
        both.n = self.n + other.n
        d = other.mean - self.mean
        both.mean = (self.mean + other.mean) / 2
        both._m2 = self._m2 + other._m2 + d * d * self.n * other.n / both.n
        return both


# --- Demo ---
a, b = RunningStats(), RunningStats()
for x in [4.0, 7.5, 1.5, 3.0]:
    a.push(x)
for x in (10.0, 12.5):
    b.push(x)
c = a + b
print(a.mean, a.variance)
print(len(b), b.variance)
print(c.mean, c.variance)
