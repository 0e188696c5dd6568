"""Which functions of a script may have spoilt its results: those that the lines of `use` behind wrong ones come to.

One mistake is in a function that all wrong results come to; likeliest in one that no right result needs. A function is
known by its name, and called wherever that stands: the text of a submission is not parsed here.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from graders.inside.using import UseLine
from graders.judging.sightings import Sightings
from graders.judging.slips import CellLine

_WORD = re.compile(r"\w+")


def suspected_lines(
    sightings: Sightings,
    cells: Sequence[tuple[int | None, str]],
    lines: Sequence[UseLine],
    wrong: Collection[str],
    right: Collection[str],
) -> frozenset[CellLine]:
    """Return where the functions stand that may be behind all of the wrong results; none where that is not known."""
    functions = _Functions(sightings, cells)
    spoilt = {name: _words_behind(name, lines) for name in sorted(wrong)}
    behind = [functions.reached_from(words) for words in spoilt.values()]
    if not behind or not all(behind):
        return frozenset()
    # Two mistakes may have no function in common.
    shared = frozenset.intersection(*behind) or frozenset().union(*behind)
    # Of one line a value may be right, and another one wrong.
    others = [words for name in right if (words := _words_behind(name, lines)) not in spoilt.values()]
    needed = frozenset[str]().union(*map(functions.reached_from, others))
    return functions.lines_of(shared - needed or shared)


def _words_behind(name: str, lines: Sequence[UseLine]) -> set[str]:
    """Return the words of the line that gives a result, and of those before it that set or change what it needs."""
    needed, words = {name}, set[str]()
    for line in reversed(lines):
        if needed.intersection(line.stores) or (words and needed.intersection(line.objects)):
            needed.update(line.loads - set(line.givens))
            words.update(_WORD.findall(line.text))
    return words


class _Functions:
    """The functions of a submission: where each stands, and the words in it."""

    def __init__(self, sightings: Sightings, cells: Sequence[tuple[int | None, str]]) -> None:
        texts = {cell: source.split("\n") for cell, source in cells}
        self._lines: Mapping[str, frozenset[CellLine]] = _lines_of_all(sightings)
        self._words = {
            name: {word for cell, line in lines for word in _WORD.findall(texts[cell][line - 1])}
            for name, lines in self._lines.items()
        }

    def lines_of(self, names: Collection[str]) -> frozenset[CellLine]:
        """Return all lines of some functions."""
        return frozenset().union(*(self._lines[name] for name in names))

    def reached_from(self, words: Set[str]) -> frozenset[str]:
        """Return the functions that are called where these words stand, by them, and so on."""
        found: set[str] = set()
        waiting = list(self._called_by(words))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self._called_by(self._words[name])
        return frozenset(found)

    def _called_by(self, words: Set[str]) -> Iterator[str]:
        for name in self._words:
            *around, called = name.split(".")
            # What a class does when it is made, or by an operator of its own, is not called by its name.
            if called in words or (called.startswith("__") and not words.isdisjoint(around[-1:])):
                yield name


def _lines_of_all(sightings: Sightings) -> dict[str, frozenset[CellLine]]:
    """Return for each function the lines from its first place to its last, those of functions in it included."""
    found: dict[str, list[CellLine]] = {}
    for site in sightings.sites:
        parts = site.function.split(".")
        for count in range(1, len(parts) + 1):
            name = ".".join(parts[:count])
            found.setdefault(name, []).extend([(site.cell, site.line), (site.cell, site.end_line)])
    known = {site.function for site in sightings.sites if site.function}
    return {name: frozenset(_between(ends)) for name, ends in found.items() if name in known}


def _between(ends: Sequence[CellLine]) -> Iterator[CellLine]:
    numbers = [line for _, line in ends]
    return ((ends[0][0], line) for line in range(min(numbers), max(numbers) + 1))
