"""Other inputs for the solution."""

def draw(rng):
    n, i, h = int(rng.integers(2, 5)), 3, 2
    return {
        "features": rng.normal(size=(n, i)), "targets": rng.normal(size=(n, 1)),
        "w_i_h": rng.normal(size=(i, h)), "w_h_o": rng.normal(size=(h, 1)), "rate": rng.uniform(0.1, 1),
    }
