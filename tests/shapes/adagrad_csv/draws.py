"""Other inputs for the solution."""

def draw(rng):
    n, d = int(rng.integers(5, 9)), int(rng.integers(2, 4))
    text = "".join(",".join(f"{v:.3f}" for v in rng.normal(size=d)) + f",{int(rng.integers(0, 2))}\n" for _ in range(n))
    return {"data.csv": text, "rate": 0.3, "epochs": int(rng.integers(3, 8))}
