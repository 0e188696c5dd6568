import numpy as np

# Monte Carlo: the price of a call option and pi
S0, K, r, sigma, T = 100.0, 105.0, 0.03, 0.2, 1.5
n = 400
seed = 7
np.random.seed(seed)
z = np.random.randn(n)

# TODO: prices at the end
drift = (r - sigma**2) * T
S_T = S0 * np.exp(drift + sigma * np.sqrt(T) * z)

# TODO: payoffs, discounted
payoff = np.maximum(S_T - K, 0.0)
discounted = np.exp(-r * T) * payoff

# TODO: price, standard error, and the 95 % interval
price = discounted.mean()
error = discounted.std(ddof=1) / np.sqrt(n)
interval = np.array([price - 1.96 * error, price + 1.96 * error])

# TODO: share of the paths in the money
share = np.mean(S_T > K)

print(f"price {price:.3f} +- {error:.3f}")
print("interval", interval)
print("in the money", share)
