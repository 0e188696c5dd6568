"""Other inputs for the solution."""

def draw(rng):
    d, c = int(rng.integers(1, 5)), int(rng.integers(3, 6))
    return {"x": rng.normal(size=d), "W": rng.normal(size=(d, c)), "b": rng.normal(size=c), "label": int(rng.integers(0, c))}
