import numpy as np

S0, K, r, sigma, T = 100.0, 105.0, 0.03, 0.2, 1.5
n = 400
seed = 7
np.random.seed(seed)
z = np.random.randn(n)

S_T = np.array([S0 * np.exp((r - sigma * sigma / 2) * T + sigma * T ** 0.5 * each) for each in z])
discounted = np.where(S_T > K, S_T - K, 0) / np.exp(r * T)
payoff = discounted * np.exp(r * T)
drift = r * T - sigma ** 2 * T / 2
price = sum(discounted) / n
error = np.sqrt(sum((discounted - price) ** 2) / (n - 1) / n)
interval = price + 1.96 * error * np.array([-1, 1])
share = len(S_T[S_T > K]) / n
print(price, error)
