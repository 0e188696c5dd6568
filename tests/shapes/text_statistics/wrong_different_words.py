import re
from collections import Counter

def words(text):
    return [piece.strip(".,;:!?") for piece in re.findall(r"\S+", text.lower())]

def count_words(text):
    return dict(Counter(words(text)))

def longest_word(text):
    return max(words(text), key=len, default="")

def is_palindrome(text):
    s = re.sub(r"[\W\d_]", "", text.lower())
    return s == "".join(reversed(s))

def summary(text, n=2):
    pairs = sorted(Counter(sorted(words(text))).most_common(), key=lambda p: -p[1])
    return len(pairs), pairs[:n]
