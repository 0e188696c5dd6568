"""Other inputs for the solution."""

def draw(rng):
    n, k = int(rng.integers(5, 9)), int(rng.integers(2, 5))
    return {"signal": rng.normal(size=n), "kernel": rng.normal(size=k), "padding": int(rng.integers(1, 4))}
