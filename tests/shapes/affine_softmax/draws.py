"""Other inputs for the solution."""

def draw(rng):
    n, d, c = (int(k) for k in rng.integers(2, 5, 3))
    return {"x": rng.normal(size=(n, d)), "w": rng.normal(size=(d, c)), "b": rng.normal(size=c), "y": rng.integers(0, c, n)}
