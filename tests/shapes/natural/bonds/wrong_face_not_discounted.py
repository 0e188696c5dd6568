"""Fixed income and options - assignment 1"""
import math
from statistics import NormalDist

CONVENTIONS = {"annual": 1, "semiannual": 2, "quarterly": 4}


def bond_price(face, coupon_rate, yield_rate, years, convention="annual"):
    """Price of a coupon bond."""
    if convention not in CONVENTIONS:
        raise KeyError(convention)
    m = CONVENTIONS[convention]
    # TODO: discount coupons and face value
    c = face * coupon_rate / m
    price = 0.0
    for k in range(1, m * years + 1):
        price += c / (1 + yield_rate / m) ** k
    price += face
    return price


def black_scholes(spot, strike, rate, sigma, maturity, kind="call"):
    """Price and delta of a European option."""
    # TODO: d1 and d2
    d1 = (math.log(spot / strike) + (rate + sigma**2 / 2) * maturity) / (sigma * math.sqrt(maturity))
    d2 = d1 - sigma * math.sqrt(maturity)
    N = NormalDist().cdf
    if kind == "call":
        # TODO
        return {"price": spot * N(d1) - strike * math.exp(-rate * maturity) * N(d2), "delta": N(d1)}
    if kind == "put":
        # TODO
        return {"price": strike * math.exp(-rate * maturity) * N(-d2) - spot * N(-d1), "delta": N(d1) - 1}
    raise ValueError("kind must be call or put")


def portfolio_value(positions, prices):
    """positions: number of pieces by name (negative: sold); prices: by name."""
    # TODO: names without a price count 0
    return sum(number * prices.get(name, 0.0) for name, number in positions.items())


# Example
face, coupon, y, years = 1000.0, 0.05, 0.04, 5
price = bond_price(face, coupon, y, years)
price_semi = bond_price(face, coupon, y, years, convention="semiannual")
call = black_scholes(100.0, 95.0, 0.03, 0.2, 0.5)
put = black_scholes(spot=100.0, strike=95.0, rate=0.03, sigma=0.2, maturity=0.5, kind="put")
parity = call["price"] - put["price"]
value = portfolio_value({"bond": 3, "call": -2, "cash": 10}, {"bond": price, "call": call["price"]})
print(price, price_semi, call, put, parity, value)
