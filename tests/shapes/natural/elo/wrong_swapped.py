import numpy as np

names = ["Ada", "Blaise", "Carl", "Emmy"]
rating = np.array([1500.0, 1600.0, 1450.0, 1550.0])
K = 32.0

# (player 1, player 2, score of player 1)
games = [(0, 1, 1.0), (2, 3, 0.5), (0, 3, 0.0), (1, 2, 1.0), (3, 1, 1.0)]

upsets = 0
for i, j, score in games:
    # TODO: expected score of player i
    expected = 1 / (1 + 10 ** ((rating[i] - rating[j]) / 400))
    # TODO: count upsets: the favourite did not win
    if (expected > 0.5 and score < 0.5) or (expected < 0.5 and score > 0.5):
        upsets += 1
    # TODO: move points from one player to the other
    change = K * (score - expected)
    rating[i] += change
    rating[j] -= change

# TODO: index of the best player
best = int(np.argmax(rating))

for name, r in zip(names, rating):
    print(f"{name:8s}{r:8.1f}")
print("best:", names[best], "upsets:", upsets)
