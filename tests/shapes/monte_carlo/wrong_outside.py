import numpy as np

seed = 7
n = 200
radius = 0.8
np.random.seed(seed)
points = np.random.uniform(-1, 1, size=(n, 2))
r = np.hypot(points[:, 0], points[:, 1])
hit = r > radius
inside = hit.sum()
running = 4 * np.cumsum(hit) / np.arange(1, n + 1)
estimates = list(running[9::10])
area = 4 * np.mean(hit)
mean_distance = r[hit].sum() / max(inside, 1)
