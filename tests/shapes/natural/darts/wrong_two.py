"""Monte Carlo methods. Every function takes a seed so that results can be repeated."""
import numpy as np


def estimate_pi(n, seed):
    rng = np.random.default_rng(seed)
    points = rng.random((n, 2))
    # TODO: share of points in the quarter circle, times 4
    inside = (points ** 2).sum(axis=1) <= 1
    return 2 * inside.mean()


def random_walk(steps, seed=0):
    rng = np.random.default_rng(seed)
    moves = rng.choice([-1, 1], size=steps)
    # TODO: positions after each step, starting with 0
    positions = np.concatenate([[0], np.cumsum(moves)])
    return positions


def bootstrap_mean(data, repeats, seed):
    """Mean and standard error of the mean by bootstrap"""
    rng = np.random.default_rng(seed)
    means = np.empty(repeats)
    for r in range(repeats):
        sample = rng.choice(data, size=len(data), replace=True)
        # TODO
        means[r] = sample.mean()
    # TODO
    return means.mean(), means.std(ddof=1)


# Example
pi = estimate_pi(500, seed=42)
walk = random_walk(20, seed=3)
data = np.array([4.1, 5.0, 3.7, 6.2, 5.5])
mean, se = bootstrap_mean(data, 40, seed=1)
print(f"{pi=:.3f} {mean=:.3f} {se=:.3f}")
import matplotlib.pyplot as plt
plt.step(range(len(walk)), walk)
plt.show()
