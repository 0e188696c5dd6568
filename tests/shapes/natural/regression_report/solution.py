"""Simple linear regression with the usual summary (STAT 201, homework 6)."""
from dataclasses import dataclass
import numpy as np


@dataclass
class Fit:
    intercept: float
    slope: float
    r2: float
    residuals: np.ndarray


def fit_line(x, y):
    """Least squares line through (x, y)."""
    x = np.asarray(x, dtype=float)
    y = np.asarray(y, dtype=float)
    # TODO: slope and intercept
    sxy = ((x - x.mean()) * (y - y.mean())).sum()
    sxx = ((x - x.mean()) ** 2).sum()
    slope = sxy / sxx
    intercept = y.mean() - slope * x.mean()
    # TODO: residuals and coefficient of determination
    residuals = y - (intercept + slope * x)
    r2 = 1 - (residuals ** 2).sum() / ((y - y.mean()) ** 2).sum()
    return Fit(intercept, slope, r2, residuals)


def standard_errors(fit, x):
    # TODO: standard errors of intercept and slope, in a dict
    x = np.asarray(x, dtype=float)
    n = len(x)
    s2 = (fit.residuals ** 2).sum() / (n - 2)
    sxx = ((x - x.mean()) ** 2).sum()
    return {"slope": np.sqrt(s2 / sxx), "intercept": np.sqrt(s2 * (1 / n + x.mean() ** 2 / sxx))}


def predict(fit, new):
    # TODO: predictions for several new x
    return [fit.intercept + fit.slope * v for v in new]


# Example: hours of study and points
hours = [1.0, 2.5, 3.0, 4.5, 6.0, 7.5]
points = [41, 52, 50, 66, 70, 81]
fit = fit_line(hours, points)
print(f"y = {fit.intercept:.2f} + {fit.slope:.2f} x, R² = {fit.r2:.3f}")
errors = standard_errors(fit, hours)
for name, value in errors.items():
    print(f"se({name}) = {value:.4f}")
print(predict(fit, [2.0, 5.0]))
