import numpy as np

def tokenize(text):
    words = []
    current = ""
    for ch in text.lower() + " ":
        if "a" <= ch <= "z" or ch == "'":
            current += ch
        elif current:
            words.append(current)
            current = ""
    return words

def build_vocab(texts, min_count=1):
    counts = {}
    for text in texts:
        for w in tokenize(text):
            counts[w] = counts.get(w, 0) + 1
    ordered = sorted(counts)
    ordered = sorted(ordered, key=counts.get, reverse=True)
    vocab = {}
    for w in ordered:
        if counts[w] >= min_count:
            vocab[w] = len(vocab)
    return vocab

def bag_of_words(text, vocab):
    words = tokenize(text)
    return np.array([words.count(w) for w in sorted(vocab, key=vocab.get)])

def bigrams(text):
    t = tokenize(text)
    out = []
    for i in range(len(t) - 1):
        out.append(t[i] + "_" + t[i + 1])
    return out

def cosine(u, v):
    a = sum(x * x for x in u)
    b = sum(x * x for x in v)
    if a == 0 or b == 0:
        return 0.0
    return sum(x * y for x, y in zip(u, v)) / (a * b) ** 0.5
