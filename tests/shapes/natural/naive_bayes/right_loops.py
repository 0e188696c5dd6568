import math
import numpy as np

class GaussianNB:
    def __init__(self, smoothing=1e-3):
        self.smoothing = smoothing

    def fit(self, X, y):
        self.classes_ = sorted(set(y.tolist()))
        self.priors_, self.means_, self.vars_ = [], [], []
        for c in self.classes_:
            rows = X[y == c]
            n = len(rows)
            mean = sum(rows) / n
            self.priors_.append(n / len(X))
            self.means_.append(mean)
            self.vars_.append(sum((r - mean) ** 2 for r in rows) / n + self.smoothing)
        return self

    def _joint_log_likelihood(self, X):
        table = []
        for x in X:
            row = []
            for p, m, v in zip(self.priors_, self.means_, self.vars_):
                s = math.log(p)
                for j in range(len(x)):
                    s -= 0.5 * math.log(2 * math.pi * v[j]) + (x[j] - m[j]) ** 2 / (2 * v[j])
                row.append(s)
            table.append(row)
        return table

    def predict(self, X):
        out = []
        for row in self._joint_log_likelihood(X):
            out.append(self.classes_[row.index(max(row))])
        return out

    def predict_proba(self, X):
        result = []
        for row in self._joint_log_likelihood(X):
            e = [math.exp(s - max(row)) for s in row]
            result.append([q / sum(e) for q in e])
        return np.array(result)

    def score(self, X, y):
        hits = 0
        for a, b in zip(self.predict(X), y):
            if a == b:
                hits += 1
        return hits / len(y)
