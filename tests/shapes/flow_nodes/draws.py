"""Other inputs for the solution."""

def draw(rng):
    n, d, k = (int(s) for s in rng.integers(2, 5, 3))
    return {"X_": rng.normal(size=(n, d)), "W_": rng.normal(size=(d, k)), "b_": rng.normal(size=k), "y_": rng.normal(size=(n, k))}
