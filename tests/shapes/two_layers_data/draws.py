"""Other inputs for the solution."""

def draw(rng):
    n, d, m = int(rng.integers(2, 6)), int(rng.integers(2, 5)), int(rng.integers(3, 6))
    return {
        "features": rng.normal(size=(n, d)), "targets": rng.integers(0, 2, n), "features_test": rng.normal(size=(m, d)), "targets_test": rng.integers(0, 2, m),
        "n_hidden": int(rng.integers(2, 5)), "epochs": int(rng.integers(6, 10)), "learnrate": rng.uniform(0.5, 2),
    }
