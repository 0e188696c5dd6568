def npv(rate, cashflows):
    if len(cashflows) == 0:
        return 0.0
    return cashflows[0] + npv(rate, cashflows[1:]) / (1 + rate)

def irr(cashflows, low=-0.9, high=1.0, tol=1e-10):
    mid = (low + high) / 2
    if high - low <= tol:
        return mid
    if npv(low, cashflows) * npv(mid, cashflows) <= 0:
        return irr(cashflows, low, mid, tol)
    return irr(cashflows, mid, high, tol)

def payback(cashflows):
    for t in range(len(cashflows)):
        if sum(cashflows[:t + 1]) >= 0:
            return t
    return -1

def annuity(principal, rate, years):
    return principal / years if rate == 0 else principal * rate * (1 + rate) ** years / ((1 + rate) ** years - 1)
