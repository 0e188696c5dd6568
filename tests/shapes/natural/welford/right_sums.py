class RunningStats:
    def __init__(self, values=()):
        self.values = list(values)

    def push(self, x):
        self.values.append(x)

    @property
    def n(self):
        return len(self.values)

    @property
    def mean(self):
        return sum(self.values) / len(self.values) if self.values else 0.0

    @property
    def variance(self):
        if self.n < 2:
            return 0.0
        m = self.mean
        return sum((v - m) ** 2 for v in self.values) / (self.n - 1)

    def __len__(self):
        return len(self.values)

    def __add__(self, other):
        return RunningStats(self.values + other.values)
