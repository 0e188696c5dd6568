"""Markov chain of the weather: sunny, cloudy, rainy."""
import numpy as np

# transition matrix: row = today, column = tomorrow
P = np.array([[0.7, 0.2, 0.1],
              [0.3, 0.4, 0.3],
              [0.2, 0.5, 0.3]])
p0 = np.array([1.0, 0.0, 0.0])   # sunny today
days = 3

# TODO (a) distribution after `days` days
p_days = p0.copy()
for _ in range(days):
    p_days = p_days @ P

# TODO (b) stationary distribution: solve pi P = pi, sum(pi) = 1
A = np.vstack([P.T - np.eye(3), np.ones(3)])
b = np.array([0.0, 0.0, 0.0, 1.0])
pi = np.linalg.lstsq(A, b, rcond=None)[0]

# TODO (c) mean time until a state comes back
recurrence = 1 / pi

# TODO (d) entropy rate in bits
H = -np.sum(pi[:, None] * P * np.log2(P))

print("after", days, "days:", p_days.round(4))
print("stationary:", pi.round(4))
print("recurrence:", recurrence, "entropy rate:", H)
