import numpy as np

ratings = np.array([[5.0, 3.0, 0.0, 1.0], [4.0, 0.0, 2.0, 1.0], [1.0, 1.0, 0.0, 5.0]])
users = np.array([[0.3, 0.8], [0.5, 0.4], [0.9, 0.1]])
films = np.array([[0.6, 0.2], [0.4, 0.7], [0.1, 0.5], [0.8, 0.3]])
rate = 0.05
decay = 0.02
rounds = 4

def one_round(users, films):
    loss = 0
    for u, f in np.argwhere(ratings != 0):
        p = users[u]
        q = films[f].copy()
        e = ratings[u, f] - np.dot(p, q)
        users[u] = p + rate * (e * q - decay * p)
        films[f] = q + rate * (e * p - decay * q)
        loss += e * e
    return loss

losses = [one_round(users, films) for _ in range(rounds)]
print(users, films, losses)
