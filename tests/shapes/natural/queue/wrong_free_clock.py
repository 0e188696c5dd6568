import numpy as np
rng = np.random.default_rng(2024)
n_customers = 12
mean_gap = 2.0
mean_service = 1.6
gaps = rng.exponential(mean_gap, n_customers)
service = rng.exponential(mean_service, n_customers)
arrival, start, finish, waiting = [], [], [], []
clock = 0
free = 0
busy = 0
for g, s in zip(gaps, service):
    clock = clock + g
    arrival.append(clock)
    begin = clock if clock > free else free
    start.append(begin)
    waiting.append(begin - clock)
    free = clock + s
    finish.append(free)
    busy += s
share_waiting = len([w for w in waiting if w > 0]) / n_customers
utilisation = busy / free
print(sum(waiting) / n_customers)
