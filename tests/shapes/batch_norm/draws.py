"""Other inputs for the solution."""

def draw(rng):
    n, d = int(rng.integers(3, 6)), int(rng.integers(2, 5))
    return {"x": rng.normal(size=(n, d)), "gamma": rng.normal(size=d), "beta": rng.normal(size=d), "dout": rng.normal(size=(n, d)), "eps": 1e-3}
