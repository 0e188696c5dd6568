def words(text):
    """The words in lower case, without . , ; : ! ? at their ends."""
    # TODO
    return [word.strip(".,;:!?").lower() for word in text.split()]


def count_words(text):
    """A dictionary: how often each word occurs."""
    counts = {}
    for word in words(text):
        # TODO
        counts[word] = 1
    return counts


def longest_word(text):
    """The longest word, the first of equals; an empty text if there is none."""
    best = ""
    for word in words(text):
        # TODO
        if len(word) > len(best):
            best = word
    return best


def is_palindrome(text):
    """True if the letters read the same from behind."""
    letters = [c for c in text.lower() if c.isalpha()]
    # TODO
    return letters == letters[::-1]


def summary(text, n=2):
    """(number of words, the n most frequent ones with their counts, equals by the alphabet)"""
    counts = count_words(text)
    # TODO
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return sum(counts.values()), ordered[:n]


# Example
text = "The cat saw the dog. The dog, however, saw a bird: a bird!"
phrase = "Never odd or even"
counts = count_words(text)
longest = longest_word(text)
mirrored = is_palindrome(phrase)
also = is_palindrome(text)
n_words, common = summary(text, n=3)
print(counts)
print(longest, mirrored, also)
print(n_words, common)
