import numpy as np

ratings = np.array([[5.0, 3.0, 0.0, 1.0], [4.0, 0.0, 2.0, 1.0], [1.0, 1.0, 0.0, 5.0]])
users = np.array([[0.3, 0.8], [0.5, 0.4], [0.9, 0.1]])
films = np.array([[0.6, 0.2], [0.4, 0.7], [0.1, 0.5], [0.8, 0.3]])
rate = 0.05
decay = 0.02
rounds = 4

losses = []
for r in range(rounds):
    errs = []
    for u in range(ratings.shape[0]):
        for f in range(ratings.shape[1]):
            if ratings[u, f] != 0:
                error = ratings[u, f] - sum(users[u] * films[f])
                errs.append(error)
                users[u], films[f] = users[u] + rate * (error * films[f] - decay * users[u]), films[f] + rate * (error * users[u] - decay * films[f])
    losses.append(sum(np.array(errs) ** 2))
print(users)
