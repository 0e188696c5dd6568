"""Which functions of a script may have spoilt its results: those that the lines of `use` behind wrong ones come to.

One mistake is in a function that all wrong results come to; likeliest in one that no right result needs. A function is
known by its name, and called wherever that stands: the text of a submission is not parsed here.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from graders.inside.sites import PARAMETER
from graders.inside.using import UseLine
from graders.judging.following import GIVING
from graders.judging.proposals import Proposals
from graders.judging.sightings import Sightings
from graders.judging.slips import CellLine

_WORD = re.compile(r"\w+")

_LONGEST_STRETCH = 20
"""Lines; who is told of more knows no more than before."""


class Stretch(NamedTuple):
    """Lines of one cell among which a mistake must be, or be missing."""

    cell: int | None
    first: int
    last: int


def stretches(
    proposals: Proposals, cells: Sequence[tuple[int | None, str]], lines: Sequence[UseLine], wrong: Collection[str]
) -> dict[str, Stretch]:
    """Return for wrong results in which lines of the functions that they come to something must be wrong.

    These are all that is not known to be right there. A result for which they are too many has those of another one
    that comes to some of the same functions only, or is left out.
    """
    sites = proposals.sightings.sites
    passed = {place.site for place in proposals.sightings.places}
    functions, sound = _Functions(proposals.sightings, cells), _sound(proposals, passed)
    known = {(site.cell, site.line) for site in sites if site.kind == PARAMETER}.union(proposals.right_lines())
    behind = {name: functions.reached_from(_words_behind(name, lines)) - sound for name in sorted(wrong)}
    found = {}
    for name, own in behind.items():
        stretch = _between_ends([line for line in functions.saying(own) if line not in known])
        # A constant that stands outside of them may be wrong as well.
        if stretch is not None and not functions.read_from_outside(own):
            found[name] = stretch
    return _with_those_beyond(found, behind)


def _with_those_beyond(found: Mapping[str, Stretch], behind: Mapping[str, Set[str]]) -> dict[str, Stretch]:
    """Return the stretches, also for what comes to all functions of a result that has one, and to others."""
    within = {name: next((each for each in found if behind[each] <= own), None) for name, own in behind.items()}
    return {name: found.get(name, found[other]) for name, other in within.items() if other is not None}


def _between_ends(lines: Sequence[CellLine]) -> Stretch | None:
    """Return the stretch of some lines, if it is a short one."""
    cells, numbers = {cell for cell, _ in lines}, sorted(line for _, line in lines)
    is_short = len(cells) == 1 and 0 < numbers[-1] - numbers[0] < _LONGEST_STRETCH
    return Stretch(cells.pop(), numbers[0], numbers[-1]) if is_short else None


def _sound(proposals: Proposals, passed: Set[int]) -> frozenset[str]:
    """Return the functions that gave right values only, as far as all of what they gave was seen."""
    sites = proposals.sightings.sites
    giving = [at for at in passed if sites[at].kind in GIVING]
    returning = {sites[at].function for at in giving if sites[at].kind == "return"}
    # What is changed in place, and what a method sets, others may see.
    told = {at for at in giving if "." in sites[at].function or sites[at].kind != "assign"}
    open_ones = (told - proposals.right).union(filter(proposals.sightings.outlasts, told))
    return frozenset(returning.difference(sites[at].function for at in open_ones))


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
        self._texts = {cell: source.split("\n") for cell, source in cells}
        self._lines: Mapping[str, frozenset[CellLine]] = _lines_of_all(sightings)
        self._words = {
            name: {word for cell, line in lines for word in _WORD.findall(self._texts[cell][line - 1])}
            for name, lines in self._lines.items()
        }

        self._bound: dict[str, set[str | None]] = {name: set() for name in self._lines}
        for site in sightings.sites:
            if site.function in self._bound:
                self._bound[site.function].add(site.name)

    def lines_of(self, names: Collection[str]) -> frozenset[CellLine]:
        """Return all lines of some functions."""
        return frozenset().union(*(self._lines[name] for name in names))

    def read_from_outside(self, names: Collection[str]) -> bool:
        """Tell whether functions may read what is set outside of all functions, and is not what they set themselves."""
        inside = frozenset[CellLine]().union(*self._lines.values())
        outside = {
            word
            for cell, lines in self._texts.items()
            for number, line in enumerate(lines, start=1)
            if "=" in line and (cell, number) not in inside
            for word in _WORD.findall(line.partition("=")[0])
        }
        return any(outside & self._words[name] - self._bound[name] for name in names)

    def saying(self, names: Collection[str]) -> Iterator[CellLine]:
        """Yield the lines of some functions that are neither empty nor a comment."""
        for cell, line in self.lines_of(names):
            if self._texts[cell][line - 1].partition("#")[0].strip():
                yield cell, line

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
