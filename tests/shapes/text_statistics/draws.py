"""Other inputs for the solution."""

WORDS = ["Anna", "level", "the", "The", "sea", "green", "stone", "a", "Otto", "noon", "waves"]


def draw(rng):
    picked = [str(word) + str(rng.choice(["", "", ",", "!"])) for word in rng.choice(WORDS, size=int(rng.integers(5, 12)))]
    half = "".join(str(c) for c in rng.choice(list("abcde"), 4))
    return {"text": " ".join(picked) + ".", "phrase": half + " " + half[::-1].upper()}
