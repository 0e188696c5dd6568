"""Other texts for a given that is one: words, a word, the lines of a file."""

import re
from collections.abc import Iterator, Sequence
from string import punctuation

import numpy as np

_SHUFFLED = 4
"""Texts with the same words or letters in another order."""

_FILES = 14
"""Other contents of a file; a bank needs ten different cases."""

_CELL = re.compile(r"(?<![^\s,;|])[+-]?\d+(?:\.\d+)?(?![^\s,;|])")
"""A number that stands by itself: not a part of a date or of a word."""


def texts_like(text: str) -> Iterator[str]:
    """Yield other texts made of what this one is made of: its lines, its words, or the letters that it may have."""
    if "\n" in text.strip():
        yield from _contents_like(text)
        return
    # Where none stand in the lesson, right ways to take a text apart differ on blanks at its ends.
    bare = text == text.strip()
    yield from (other.strip() if bare else other for other in _words_like(text))


def words_beside(word: str, texts: Sequence[str]) -> list[str]:
    """Return the words of a text in which a word stands, in small letters where it is; none if it stands in none.

    Also the word turned round, which stands in none of them.
    """
    for text in texts:
        words = [each.strip(punctuation) for each in (text.lower() if word.islower() else text).split()]
        if len(words) > 1 and word in words:
            return [*dict.fromkeys(filter(None, words)), word[::-1]]
    return []


def _words_like(text: str) -> Iterator[str]:
    words = text.split()
    yield from (" ".join(reversed(words)), text[::-1], text.upper())
    yield " ".join(words[: max(1, len(words) // 2)])
    yield " ".join(word[:3] for word in words)  # many of the same length
    yield f"{text} {words[0]}" if words else text
    half, random = len(text) // 2, np.random.default_rng(0)
    # Words stay apart: where one sentence ran into the next, right ways to split them would differ.
    yield from (text[:half], text[half:], f"{text}{' ' if len(words) > 1 else ''}{text[:half]}")
    for _ in range(_SHUFFLED):
        parts = [words, list(text)][len(words) < 2]
        yield ("" if len(words) < 2 else " ").join(random.permutation(parts).tolist()) if parts else text


def _contents_like(text: str) -> Iterator[str]:
    """Yield texts with some of the lines, and with other numbers in them; where there are none, in another order."""
    lines, random = text.splitlines(), np.random.default_rng(0)
    has_numbers = any(map(_CELL.search, lines))
    names = lines[:1] if has_numbers and not _CELL.search(lines[0]) else []  # a line of names stays
    body = lines[len(names) :]
    columns = _columns_of_cells(body)
    for _ in range(_FILES):
        count = int(random.integers((len(body) + 1) // 2, len(body) + 1))
        kept = random.permutation(len(body))[:count].tolist()
        # What has numbers may be in the order of its dates.
        chosen = [body[index] for index in (sorted(kept) if has_numbers else kept)]
        made = [
            _with_other_numbers(line, columns, random) if has_numbers else _stirred(line, random) for line in chosen
        ]
        yield "\n".join([*names, *made]) + ("\n" if text.endswith("\n") else "")


def _stirred(line: str, random: np.random.Generator) -> str:
    """Return a line as it is, or with its words in another order."""
    return " ".join(random.permutation(line.split()).tolist()) if random.random() < 0.5 else line


def _columns_of_cells(lines: Sequence[str]) -> list[list[str]]:
    """Return the numbers that stand first in their lines, those that stand second, and so on."""
    rows = [_CELL.findall(line) for line in lines]
    return [[row[place] for row in rows if place < len(row)] for place in range(max(map(len, rows), default=0))]


def _with_other_numbers(line: str, columns: Sequence[Sequence[str]], random: np.random.Generator) -> str:
    places = iter(range(len(columns)))
    return _CELL.sub(lambda _: _number_like(columns[next(places)], random), line)


def _number_like(column: Sequence[str], random: np.random.Generator) -> str:
    """Return a number as those of a column are: whole ones are from among them, since they may count or name things."""
    own = column[int(random.integers(len(column)))]
    digits = len(own.partition(".")[2])
    return f"{float(own) * random.uniform(0.8, 1.25):.{digits}f}" if digits else own
