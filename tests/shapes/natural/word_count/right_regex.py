import re
from collections import Counter


def tokenize(text):
    return [w for w in (t.strip(".,;:!?\"'()") for t in text.lower().split()) if w != ""]


def count_words(words):
    return dict(Counter(words))


def most_common(counts, n):
    pairs = sorted(counts.items())
    pairs.sort(key=lambda p: p[1], reverse=True)
    return pairs[0:n]
