"""Other inputs for the solution."""

def draw(rng):
    return {"X": rng.normal(size=(int(rng.integers(3, 6)), 3))}
