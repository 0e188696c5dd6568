"""Other inputs for the solution."""

import numpy as np


def draw(rng):
    d, m = int(rng.integers(2, 4)), int(rng.integers(6, 12))
    return {
        "w": rng.normal(size=(d, 1)), "b": float(rng.normal()), "X": rng.normal(size=(d, m)), "Y": np.arange(m).reshape(1, m) % 2,
        "num_iterations": int(rng.integers(3, 8)), "learning_rate": rng.uniform(0.1, 0.5),
    }
