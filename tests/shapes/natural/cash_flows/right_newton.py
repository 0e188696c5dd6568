def npv(rate, cashflows):
    total = 0
    factor = 1.0
    for c in cashflows:
        total += c * factor
        factor /= 1 + rate
    return total

def irr(cashflows, low=-0.9, high=1.0, tol=1e-10):
    a, b = low, high
    for _ in range(200):
        m = 0.5 * (a + b)
        if npv(a, cashflows) * npv(m, cashflows) <= 0:
            b = m
        else:
            a = m
    return m

def payback(cashflows):
    s = 0
    t = 0
    while t < len(cashflows):
        s = s + cashflows[t]
        if s >= 0:
            return t
        t = t + 1
    return -1

def annuity(principal, rate, years):
    if rate == 0:
        return principal / years
    return principal * rate / (1 - (1 + rate) ** -years)
