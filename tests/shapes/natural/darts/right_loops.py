import numpy as np

def estimate_pi(n, seed):
    rng = np.random.default_rng(seed)
    hits = 0
    for x, y in rng.random((n, 2)):
        if x * x + y * y <= 1:
            hits += 1
    return 4 * hits / n

def random_walk(steps, seed=0):
    rng = np.random.default_rng(seed)
    where = [0]
    for m in rng.choice([-1, 1], size=steps):
        where.append(where[-1] + m)
    return where

def bootstrap_mean(data, repeats, seed):
    rng = np.random.default_rng(seed)
    means = [np.mean(rng.choice(data, size=len(data), replace=True)) for _ in range(repeats)]
    m = sum(means) / repeats
    return m, np.sqrt(sum((x - m) ** 2 for x in means) / (repeats - 1))
