# NLP tutorial: bag of words and tf-idf in plain Python
import math
from collections import Counter

STOPWORDS = {"the", "a", "of", "and"}


def tokenize(text: str) -> list[str]:
    # TODO: lower case, words only, no stop words
    words = "".join(c.lower() if c.isalpha() else " " for c in text).split()
    return [w for w in words if w not in STOPWORDS]


def term_frequencies(tokens: list[str]) -> dict[str, float]:
    # TODO: relative frequencies
    counts = Counter(tokens)
    return {word: n for word, n in counts.items()}


def inverse_document_frequency(documents: list[list[str]]) -> dict[str, float]:
    # TODO: log(N / number of documents with the word)
    vocabulary = set().union(*documents)
    return {w: math.log(len(documents) / sum(w in d for d in documents)) for w in vocabulary}


def most_relevant(tf: dict, idf: dict, k: int = 2) -> list[str]:
    # TODO: the k words with the largest tf-idf, ties in alphabetical order
    return sorted(tf, key=lambda w: (-tf[w] * idf[w], w))[:k]


# Example
corpus = [
    "The cat sat, and the cat purred.",
    "A dog of the neighbour barked and barked and barked",
    "Cat and dog ran.",
]
documents = [tokenize(text) for text in corpus]
tf = [term_frequencies(d) for d in documents]
idf = inverse_document_frequency(documents)
for d in tf:
    print(most_relevant(d, idf))
top = most_relevant(tf[1], idf, k=3)
print(top)
