import numpy as np

ratings = np.array([[5.0, 3.0, 0.0, 1.0], [4.0, 0.0, 2.0, 1.0], [1.0, 1.0, 0.0, 5.0]])
users = np.array([[0.3, 0.8], [0.5, 0.4], [0.9, 0.1]])
films = np.array([[0.6, 0.2], [0.4, 0.7], [0.1, 0.5], [0.8, 0.3]])
rate = 0.05
decay = 0.02
rounds = 4

K = users.shape[1]
losses = []
r = 0
while r < rounds:
    total = 0
    for i in range(len(users)):
        for j in range(len(films)):
            if ratings[i][j] > 0:
                for k in range(K):
                    pred = 0
                    pred += users[i][k] * films[j][k]
                eij = ratings[i][j] - pred
                total = total + eij ** 2
                for k in range(K):
                    old = users[i][k]
                    users[i][k] = old + rate * (eij * films[j][k] - decay * old)
                    films[j][k] = films[j][k] + rate * (eij * old - decay * films[j][k])
    losses.append(total)
    r += 1
print(losses)
