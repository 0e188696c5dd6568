import numpy as np

def npv(rate, cashflows):
    c = np.asarray(cashflows)
    return np.sum(c * (1.0 + rate) ** -np.arange(len(c)))

def irr(cashflows, low=-0.9, high=1.0, tol=1e-10):
    left = npv(low, cashflows)
    while abs(high - low) > tol:
        x = low + (high - low) / 2
        y = npv(x, cashflows)
        if np.sign(y) == np.sign(left):
            low = x
        else:
            high = x
    return low + (high - low) / 2

def payback(cashflows):
    positive = np.nonzero(np.cumsum(cashflows) >= 0)[0]
    return positive[0] if len(positive) else -1

def annuity(principal, rate, years):
    discount = np.sum((1 + rate) ** -np.arange(1.0, years + 1))
    return principal / discount
