"""Count words in a text file."""


def tokenize(text):
    """Lower-case words without punctuation."""
    # TODO
    words = []
    for token in text.lower().split():
        token = token.strip(".,;:!?\"'()")
        if token:
            words.append(token)
    return words


def count_words(words):
    """Dictionary word -> how often."""
    # TODO
    counts = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def most_common(counts, n):
    """The n most frequent words, ties in alphabetical order."""
    # TODO
    return sorted(counts.items(), key=lambda item: (item[1], item[0]))[:n]


if __name__ == "__main__":
    with open("poem.txt", encoding="utf-8") as f:
        text = f.read()
    words = tokenize(text)
    counts = count_words(words)
    print(len(words), "words,", len(counts), "different")
    for word, count in most_common(counts, 3):
        print(f"{word:10} {count}")
