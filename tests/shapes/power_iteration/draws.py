"""Other inputs for the solution."""

def draw(rng):
    d = int(rng.integers(2, 5))
    M = rng.normal(size=(d, d)) - 1
    return {"A": M + M.T, "start": rng.uniform(0.5, 1, d), "n": int(rng.integers(2, 8))}
