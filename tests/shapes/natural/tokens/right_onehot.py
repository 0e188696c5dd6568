import re
import numpy as np

def tokenize(text):
    return [w.lower() for w in re.split(r"[^A-Za-z']+", text) if w]

def build_vocab(texts, min_count=1):
    words, counts = np.unique([w for t in texts for w in tokenize(t)], return_counts=True)
    order = np.lexsort((words, -counts))
    return {str(words[i]): n for n, i in enumerate(i for i in order if counts[i] >= min_count)}

def bag_of_words(text, vocab):
    eye = np.eye(len(vocab))
    rows = [eye[vocab[w]] for w in tokenize(text) if w in vocab]
    return np.sum(rows, axis=0) if rows else np.zeros(len(vocab))

def bigrams(text):
    words = tokenize(text)
    return list(map("_".join, zip(words[:-1], words[1:])))

def cosine(u, v):
    n, m = np.sqrt(np.sum(np.square(u))), np.sqrt(np.sum(np.square(v)))
    try:
        result = np.sum(u * v) / (n * m) if n * m else 0.0
    except ZeroDivisionError:
        result = 0.0
    return result
