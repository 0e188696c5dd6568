# %% [markdown]
# # Resampling
# Two teaching methods were compared. Is the difference real?

# %%
import numpy as np

# %%
old = np.array([61.0, 55.0, 70.0, 48.0, 66.0])
new = np.array([72.0, 69.0, 58.0, 75.0])

# %%
# ## 1 Permutation test
def permutation_test(x, y, n_perm=200, seed=0):
    """p value of the difference of means: (1 + number of at least as extreme) / (1 + n_perm)."""
    rng = np.random.default_rng(seed)
    pooled = np.concatenate([x, y])
    # >>> your code
    observed = abs(x.mean() - y.mean())
    count = 0
    for _ in range(n_perm):
        shuffled = rng.permutation(pooled)
        diff = abs(shuffled[: len(x)].mean() - shuffled[len(x) :].mean())
        if diff >= observed - 1e-12:
            count += 1
    # <<< your code
    return (1 + count) / (1 + n_perm)

# %%
# ## 2 Effect size
def cohens_d(x, y):
    # >>> your code
    nx, ny = len(x), len(y)
    ss = np.sum((x - x.mean()) ** 2) + np.sum((y - y.mean()) ** 2)
    d = (y.mean() - x.mean()) / (ss / (nx + ny - 2)) ** 0.5
    # <<< your code
    return d

# %%
# ## 3 Bootstrap interval of the mean
def bootstrap_ci(x, level=0.9, n_boot=100, seed=1):
    rng = np.random.default_rng(seed)
    # >>> your code
    means = [rng.choice(x, size=len(x)).mean() for _ in range(n_boot)]
    tail = 100 * (1 - level) / 2
    low = np.percentile(means, tail)
    high = np.percentile(means, 100 - tail)
    # <<< your code
    return low, high

# %%
print("p =", permutation_test(old, new))
print("d =", cohens_d(old, new))
low, high = bootstrap_ci(new)
print(f"90 % interval of the new method: {low:.1f} .. {high:.1f}")
