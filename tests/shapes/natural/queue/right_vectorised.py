import numpy as np
rng = np.random.default_rng(2024)
n_customers = 12
mean_gap = 2.0
mean_service = 1.6
gaps = rng.exponential(mean_gap, n_customers)
service = rng.exponential(mean_service, n_customers)

arrival = np.cumsum(gaps)
done = np.cumsum(service)
finish = done + np.maximum.accumulate(arrival - np.concatenate([[0], done[:-1]]))
start = finish - service
waiting = np.round(start - arrival, 12)
share_waiting = np.count_nonzero(waiting) / n_customers
utilisation = done[-1] / finish[-1]
print(waiting.mean(), share_waiting, utilisation)
