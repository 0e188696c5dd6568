"""Other inputs for the solution."""

import numpy as np


def draw(rng):
    n, d = int(rng.integers(6, 10)), 2
    X = rng.normal(size=(n, d))
    y = np.where(X @ rng.normal(size=d) + 0.2 > 0, 1, -1)
    y[0] = -y[1]
    return {"X": X, "y": y, "new": rng.normal(size=(6, d)), "rate": rng.uniform(0.1, 1), "epochs": int(rng.integers(3, 30))}
