"""Other inputs for the solution."""

def draw(rng):
    return {
        "length": rng.uniform(0.4, 2), "damping": rng.uniform(0.1, 1), "dt": rng.uniform(0.04, 0.1), "n_steps": int(rng.integers(20, 60)),
        "theta": rng.uniform(0.5, 1.5), "omega": rng.uniform(-1, 1),
    }
