import numpy as np
import math

S0, K, r, sigma, T = 100.0, 105.0, 0.03, 0.2, 1.5
n = 400
seed = 7
np.random.seed(seed)
z = np.random.randn(n)

drift = (r - 0.5 * sigma**2) * T
S_T = np.zeros(n)
payoff = np.zeros(n)
hits = 0
for i in range(n):
    S_T[i] = S0 * math.exp(drift + sigma * math.sqrt(T) * z[i])
    payoff[i] = abs(S_T[i] - K)
    if S_T[i] > K:
        hits += 1
discounted = math.exp(-r * T) * payoff
price = discounted.mean()
error = np.std(discounted, ddof=1) / math.sqrt(n)
interval = np.array([price - 1.96 * error, price + 1.96 * error])
share = hits / n
