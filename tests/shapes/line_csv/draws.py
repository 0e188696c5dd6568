"""Other inputs for the solution."""

def draw(rng):
    n = int(rng.integers(3, 7))
    rows = "".join(f"{a:.3f},{p:.3f}\n" for a, p in zip(rng.uniform(0, 2, n), rng.uniform(1, 4, n)))
    return {"data.csv": "area,price\n" + rows, "rate": 0.05, "epochs": int(rng.integers(2, 9))}
