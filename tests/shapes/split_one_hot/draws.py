"""Other inputs for the solution."""

def draw(rng):
    n, c = int(rng.integers(5, 12)), int(rng.integers(3, 7))
    return {"labels": rng.integers(0, c, n), "n_classes": c, "share": float(rng.choice([0.3, 0.5, 0.7, 0.85])), "seed": int(rng.integers(0, 99))}
