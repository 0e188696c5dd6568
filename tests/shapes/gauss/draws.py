"""Other inputs for the solution."""

def draw(rng):
    n = int(rng.integers(2, 5))
    A = rng.normal(size=(n, n))
    A[0, 0] = 0
    return {"A": A.tolist(), "b": rng.normal(size=n).tolist(), "c": rng.normal(size=n).tolist()}
