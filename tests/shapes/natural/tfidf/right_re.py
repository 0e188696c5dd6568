import re
import math

STOPWORDS = {"the", "a", "of", "and"}

def tokenize(text):
    return [w for w in re.findall("[a-z]+", text.lower()) if w not in STOPWORDS]

def term_frequencies(tokens):
    out = {}
    for t in tokens:
        out[t] = out.get(t, 0) + 1 / len(tokens)
    return out

def inverse_document_frequency(documents):
    n = len(documents)
    result = {}
    for doc in documents:
        for w in set(doc):
            result[w] = result.get(w, 0) + 1
    for w in result:
        result[w] = math.log(n) - math.log(result[w])
    return result

def most_relevant(tf, idf, k=2):
    pairs = [(-round(tf[w] * idf[w], 12), w) for w in tf]
    pairs.sort()
    return [w for _, w in pairs[:k]]
