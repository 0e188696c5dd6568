def words(text):
    """The words in lower case, without . , ; : ! ? at their ends."""
    result = []
    for piece in text.lower().split():
        while piece and piece[-1] in ".,;:!?":
            piece = piece[:-1]
        while piece and piece[0] in ".,;:!?":
            piece = piece[1:]
        result.append(piece)
    return result


def count_words(text):
    """A dictionary: how often each word occurs."""
    found = words(text)
    counts = {}
    for word in set(found):
        counts[word] = found.count(word)
    return counts


def longest_word(text):
    """The longest word, the first of equals; an empty text if there is none."""
    found = words(text)
    if not found:
        return ""
    return sorted(found, key=lambda w: -len(w))[0]


def is_palindrome(text):
    """True if the letters read the same from behind."""
    s = ""
    for c in text.lower():
        if c.isalpha():
            s += c
    for i in range(len(s) // 2):
        if s[i] != s[-1 - i]:
            return False
    return s


def summary(text, n=2):
    """(number of words, the n most frequent ones with their counts, equals by the alphabet)"""
    left = count_words(text)
    total = sum(left.values())
    best = []
    while left and len(best) < n:
        top = max(left.values())
        word = min(w for w in left if left[w] == top)
        best.append((word, left.pop(word)))
    return total, best


# Example
text = "To be, or not to be"
print(count_words(text), longest_word(text), is_palindrome(text), summary(text))
