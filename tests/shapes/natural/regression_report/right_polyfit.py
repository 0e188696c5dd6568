from dataclasses import dataclass
import numpy as np


@dataclass
class Fit:
    intercept: float
    slope: float
    r2: float
    residuals: np.ndarray


def fit_line(x, y):
    x, y = np.array(x, float), np.array(y, float)
    A = np.column_stack([np.ones_like(x), x])
    (a, b), *_ = np.linalg.lstsq(A, y, rcond=None)
    res = y - A @ np.array([a, b])
    return Fit(intercept=a, slope=b, r2=np.corrcoef(x, y)[0, 1] ** 2, residuals=res)


def standard_errors(fit, x):
    x = np.array(x, float)
    A = np.column_stack([np.ones_like(x), x])
    cov = np.linalg.inv(A.T @ A) * np.sum(fit.residuals ** 2) / (len(x) - 2)
    return {"intercept": cov[0, 0] ** 0.5, "slope": cov[1, 1] ** 0.5}


def predict(fit, new):
    return fit.intercept + fit.slope * np.array(new)
