import numpy as np

# Ratings of films by users (0: not seen) as a product of two thin matrices
ratings = np.array([[5.0, 3.0, 0.0, 1.0], [4.0, 0.0, 2.0, 1.0], [1.0, 1.0, 0.0, 5.0]])
users = np.array([[0.3, 0.8], [0.5, 0.4], [0.9, 0.1]])
films = np.array([[0.6, 0.2], [0.4, 0.7], [0.1, 0.5], [0.8, 0.3]])
rate = 0.05
decay = 0.02
rounds = 4

losses = []
for r in range(rounds):
    loss = 0.0
    for u in range(ratings.shape[0]):
        loss = 0.0
        for f in range(ratings.shape[1]):
            if ratings[u, f] == 0:
                continue
            # TODO: the error of this rating
            error = ratings[u, f] - users[u] @ films[f]
            # TODO: both changes, from the values before
            change_user = rate * (error * films[f] - decay * users[u])
            change_film = rate * (error * users[u] - decay * films[f])
            # TODO: apply them
            users[u] += change_user
            films[f] += change_film
            # TODO: the squared errors of this round
            loss += error ** 2
    losses.append(loss)

print(users)
print(films)
print(losses)
