import math

class Fit:
    def __init__(self, intercept, slope, r2, residuals):
        self.intercept = intercept
        self.slope = slope
        self.r2 = r2
        self.residuals = residuals

def mean(v):
    return sum(v) / len(v)

def fit_line(x, y):
    mx, my = mean(x), mean(y)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y)) / sum((a - mx) ** 2 for a in x)
    intercept = my - slope * mx
    residuals = [b - intercept - slope * a for a, b in zip(x, y)]
    ss = sum(e * e for e in residuals)
    return Fit(intercept, slope, 1 - ss / sum((b - my) ** 2 for b in y), residuals)

def standard_errors(fit, x):
    n = len(x)
    mx = mean(x)
    sxx = sum((a - mx) ** 2 for a in x)
    s = math.sqrt(sum(e * e for e in fit.residuals) / (n - 2))
    return dict(intercept=s * math.sqrt(1 / n + mx * mx / sxx), slope=s / math.sqrt(sxx))

def predict(fit, new):
    out = []
    for v in new:
        out.append(fit.slope * v)
    return out
