import numpy as np
from collections import defaultdict

def tokenize(text):
    kept = "".join(c if c.isalpha() or c == "'" else " " for c in text)
    return kept.lower().split()

def build_vocab(texts, min_count=1):
    counts = defaultdict(int)
    for word in tokenize(" ".join(texts)):
        counts[word] += 1
    pairs = sorted((-n, w) for w, n in counts.items() if n >= min_count)
    return dict((w, k) for k, (_, w) in enumerate(pairs))

def bag_of_words(text, vocab):
    v = [0.0] * len(vocab)
    for w in tokenize(text):
        k = vocab.get(w)
        if k is not None:
            v[k] += 1.0
    return np.array(v)

def bigrams(text):
    words = tokenize(text)
    return ["_".join(words[i:i + 2]) for i in range(len(words) - 1)]

def cosine(u, v):
    if not np.any(u) or not np.any(v):
        return 0.0
    return np.dot(u, v) / np.sqrt(np.dot(u, u) * np.dot(v, v))
