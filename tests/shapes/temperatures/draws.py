"""Other inputs for the solution."""

def draw(rng):
    n = int(rng.integers(9, 15))
    return {"values": rng.uniform(10, 30, n).round(1).tolist(), "width": int(rng.integers(2, 6)), "limit": 17.25}
