"""Other inputs for the solution."""

def draw(rng):
    pages = ["a", "b", "c", "d", "e", "f"][: int(rng.integers(4, 7))]
    links = {}
    for page in pages:
        others = [p for p in pages if p != page]
        links[page] = [str(p) for p in rng.choice(others, size=int(rng.integers(1, 4)), replace=False)]
    return {"links": links, "damping": rng.uniform(0.6, 0.9), "tolerance": 10.0 ** -int(rng.integers(2, 6))}
