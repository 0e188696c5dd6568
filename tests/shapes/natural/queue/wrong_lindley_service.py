import numpy as np
rng = np.random.default_rng(2024)
n_customers = 12
mean_gap = 2.0
mean_service = 1.6
gaps = rng.exponential(mean_gap, n_customers)
service = rng.exponential(mean_service, n_customers)

waiting = [0.0]
for i in range(1, n_customers):
    w = waiting[-1] + service[i] - gaps[i]
    waiting.append(w if w > 0 else 0.0)
waiting = np.array(waiting)
arrival = [sum(gaps[:i + 1]) for i in range(n_customers)]
start = arrival + waiting
finish = start + service
share_waiting = sum(1 for w in waiting if w > 0) / len(waiting)
utilisation = sum(service) / finish[n_customers - 1]
