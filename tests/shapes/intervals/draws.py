"""Other inputs for the solution."""

def draw(rng):
    intervals = []
    for _ in range(int(rng.integers(4, 8))):
        low = int(rng.integers(0, 30)) / 2
        intervals.append((low, low + int(rng.integers(1, 7)) / 2))
    a = (2.0, 9.0)
    return {"intervals": [*intervals, (3.0, 4.0), a], "x": max(high for _, high in intervals) if rng.random() < 0.5 else float(rng.uniform(0, 20))}
