import numpy as np

# Operations Research II: one server, customers in order of arrival
rng = np.random.default_rng(2024)
n_customers = 12
mean_gap = 2.0
mean_service = 1.6

gaps = rng.exponential(mean_gap, n_customers)
service = rng.exponential(mean_service, n_customers)

arrival = np.zeros(n_customers)
start = np.zeros(n_customers)
finish = np.zeros(n_customers)

t = 0.0
for i in range(n_customers):
    # TODO: time of arrival
    t += gaps[i]
    arrival[i] = t
    # TODO: service starts when the customer is there and the one before has left
    if i == 0:
        start[i] = arrival[i]
    else:
        start[i] = max(arrival[i], finish[i - 1])
    # TODO
    finish[i] = arrival[i] + service[i]

# TODO: waiting times, share of customers who wait, utilisation of the server
waiting = start - arrival
share_waiting = (waiting > 0).mean()
utilisation = service.sum() / finish[-1]

print("mean wait:", waiting.mean())
print("share waiting:", share_waiting)
print("utilisation:", utilisation)
