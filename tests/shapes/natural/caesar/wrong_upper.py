"""Strings: a Caesar cipher (Introduction to programming, week 3)."""

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def shift_letter(letter, key):
    """Shift one letter; case is kept, other characters stay."""
    # TODO
    if letter.lower() not in ALPHABET:
        return letter
    moved = ALPHABET[(ALPHABET.index(letter.lower()) + key) % 26]
    return moved


def encrypt(text, key=3):
    # TODO
    return "".join(shift_letter(c, key) for c in text)


def decrypt(text, key=3):
    # TODO
    return encrypt(text, -key)


def letter_counts(text):
    """How often each letter occurs, as a dictionary."""
    counts = {}
    for c in text.lower():
        if c in ALPHABET:
            # TODO
            counts[c] = counts.get(c, 0) + 1
    return counts


def crack(text):
    """Guess the key: the most frequent letter stands for e."""
    if not letter_counts(text):
        raise ValueError("no letters")
    # TODO
    counts = letter_counts(text)
    most = max(sorted(counts), key=counts.get)
    return (ALPHABET.index(most) - ALPHABET.index("e")) % 26


message = "Meet me at the tree, Steve!"
secret = encrypt(message, 5)
print(secret)
print(decrypt(secret, 5))
print(letter_counts(message))
print(crack(secret))
print(encrypt("xyz"))
