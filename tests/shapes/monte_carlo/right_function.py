import numpy as np

seed, n, radius = 7, 200, 0.8
rng = np.random.RandomState(seed)

def point():
    return complex(rng.uniform(-1, 1), rng.uniform(-1, 1))

hits = []
estimates = []
for i in range(n):
    z = abs(point())
    if z <= radius:
        hits.append(z)
    if (i + 1) % 10 == 0:
        estimates += [len(hits) / (i + 1) * 4]
inside = len(hits)
area = 4 / n * inside
mean_distance = sum(hits) / max(inside, 1)
