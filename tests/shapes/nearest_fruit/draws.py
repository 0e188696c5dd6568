"""Other inputs for the solution."""

def draw(rng):
    names = ["pear", "apple", "fig", "lemon"][: int(rng.integers(2, 5))]
    counts = [int(c) for c in rng.integers(2, 4, len(names))]
    examples = {name: [tuple(p) for p in rng.uniform(0, 9, (count, 2)).tolist()] for name, count in zip(names, counts)}
    return {"examples": examples, "point": tuple(rng.uniform(2, 7, 2).tolist()), "k": int(rng.integers(3, sum(counts) + 1))}
