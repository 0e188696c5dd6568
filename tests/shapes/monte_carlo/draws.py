"""Other inputs for the solution."""

def draw(rng):
    return {"seed": int(rng.integers(0, 1000)), "n": 10 * int(rng.integers(2, 9)), "radius": rng.uniform(0.4, 1)}
