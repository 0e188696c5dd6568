import math

def bond_price(face, coupon_rate, yield_rate, years, convention="annual"):
    m = {"annual": 1, "semiannual": 2, "quarterly": 4}[convention]
    n, i = m * years, yield_rate / m
    v = (1 + i) ** -n
    annuity = (1 - v) / i if i else n
    return face * coupon_rate / m * annuity + face * v

def phi(x):
    return (1 + math.erf(x / math.sqrt(2))) / 2

def black_scholes(spot, strike, rate, sigma, maturity, kind="call"):
    s = sigma * maturity ** 0.5
    d1 = math.log(spot / (strike * math.exp(-rate * maturity))) / s + s / 2
    d2 = d1 - s
    pv = strike * math.exp(-rate * maturity)
    call = spot * phi(d1) - pv * phi(d2)
    if kind == "call":
        return {"price": call, "delta": phi(d1)}
    elif kind == "put":
        return {"price": call - spot + pv, "delta": 1 - phi(d1)}
    else:
        raise ValueError(kind)

def portfolio_value(positions, prices):
    total = 0
    for name in positions:
        if name in prices:
            total += positions[name] * prices[name]
    return total
