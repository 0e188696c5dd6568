"""Other inputs for the solution."""

import numpy as np


def draw(rng):
    n, k = int(rng.integers(8, 14)), int(rng.integers(2, 5))
    centres = np.concatenate([rng.normal(size=(k, 2)), [[9.0, 9.0]]])
    return {"points": rng.normal(size=(n, 2)), "centres": centres, "rounds": int(rng.integers(2, 5))}
