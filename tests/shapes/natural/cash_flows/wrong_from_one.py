"""Financial mathematics, exercise 4: discounted cash flows."""
from typing import Sequence


def npv(rate: float, cashflows: Sequence[float]) -> float:
    """Net present value; the first cash flow is paid today."""
    # TODO
    return sum(c / (1 + rate) ** t for t, c in enumerate(cashflows, 1))


def irr(cashflows: Sequence[float], low: float = -0.9, high: float = 1.0, tol: float = 1e-10) -> float:
    """Internal rate of return by bisection."""
    # TODO: halve the interval until it is shorter than tol
    f_low = npv(low, cashflows)
    while high - low > tol:
        mid = (low + high) / 2
        f_mid = npv(mid, cashflows)
        if f_low * f_mid <= 0:
            high = mid
        else:
            low, f_low = mid, f_mid
    return (low + high) / 2


def payback(cashflows: Sequence[float]) -> int:
    """First period in which the sum of all flows is not negative, or -1."""
    # TODO
    total = 0.0
    for t, c in enumerate(cashflows):
        total += c
        if total >= 0:
            return t
    return -1


def annuity(principal: float, rate: float, years: int) -> float:
    """Constant yearly payment that repays a loan."""
    # TODO: mind a rate of zero
    if rate == 0:
        return principal / years
    q = 1 + rate
    return principal * q ** years * rate / (q ** years - 1)


if __name__ == "__main__":
    project = [-1000.0, 300.0, 420.0, 280.0, 250.0]
    print(f"NPV at 8 %: {npv(0.08, project):.2f}")
    print(f"IRR:        {irr(project):.4%}")
    print(f"payback in year {payback(project)}")
    print(f"rate of the loan: {annuity(20000.0, 0.035, 10):.2f}")
    assert annuity(1200.0, 0.0, 12) == 100.0
