import math
import numpy as np
from statistics import NormalDist

def bond_price(face, coupon_rate, yield_rate, years, convention="annual"):
    m = dict(annual=1, semiannual=2, quarterly=4)[convention]
    t = np.arange(1, m * years + 1)
    flows = np.full(len(t), face * coupon_rate / m)
    flows[-1] += face
    return float(flows @ (1 + yield_rate / m) ** -t.astype(float))

def black_scholes(spot, strike, rate, sigma, maturity, kind="call"):
    sign = {"call": 1, "put": -1}.get(kind)
    if sign is None:
        raise ValueError("unknown kind")
    nd = NormalDist()
    d1 = (np.log(spot / strike) + rate * maturity) / (sigma * np.sqrt(maturity)) + sigma * np.sqrt(maturity) / 2
    d2 = d1 - sigma * np.sqrt(maturity)
    p = sign * (spot * nd.cdf(sign * d1) - strike * np.exp(-rate * maturity) * nd.cdf(sign * d2))
    return dict(delta=sign * nd.cdf(sign * d1), price=p)

def portfolio_value(positions, prices):
    return sum([positions[k] * prices[k] for k in positions.keys() & prices.keys()])
