"""NLP intro, notebook 1 exported: tokens, vocabulary, bigrams"""
import re
from collections import Counter

import numpy as np


def tokenize(text):
    """Lower-case words, without punctuation."""
    # TODO
    return re.findall(r"[a-z']+", text.lower())


def build_vocab(texts, min_count=1):
    """Words that occur at least min_count times -> index, most frequent first, ties alphabetically."""
    # TODO
    counts = Counter(word for text in texts for word in tokenize(text))
    words = [w for w in counts if counts[w] >= min_count]
    words.sort(key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(words)}


def bag_of_words(text, vocab):
    """Counts of the words of the vocabulary; others are ignored."""
    vector = np.zeros(len(vocab))
    # TODO
    for word in tokenize(text):
        if word in vocab:
            vector[vocab[word]] += 1
    return vector


def bigrams(text):
    # TODO: list of pairs of neighbouring words joined by an underscore
    words = tokenize(text)
    return [f"{a}_{b}" for a, b in zip(words, words[1:])]


def cosine(u, v):
    """Cosine similarity, 0 if one vector is zero."""
    # TODO
    norm = np.linalg.norm(u) * np.linalg.norm(u)
    return 0.0 if norm == 0 else float(u @ v / norm)


# ------------------------------------------------------------------
texts = ["The cat sat on the mat.", "The dog ate my homework!", "A cat and a dog: the cat's dinner."]
vocab = build_vocab(texts)
print(vocab)
print(tokenize(texts[2]))
print(bigrams(texts[0]))
X = np.array([bag_of_words(t, vocab) for t in texts])
print(X)
print("similarity", cosine(X[0], X[1]))
