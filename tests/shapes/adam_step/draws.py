"""Other inputs for the solution."""

def draw(rng):
    d = int(rng.integers(1, 6))
    return {
        "w": rng.normal(size=d), "grad": rng.normal(size=d), "m": rng.normal(size=d), "v": rng.uniform(0.1, 1, d),
        "t": int(rng.integers(2, 7)), "alpha": 0.05, "beta1": 0.8, "beta2": rng.uniform(0.9, 0.99), "eps": 1e-6,
    }
