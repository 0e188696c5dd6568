"""In which ways a script can be read: which of the sites that may be a given are it, the most natural way first.

Where a given's name is used, that is the place. Two numbers or more are hardly the same by chance; a single one often
is (`epochs = 1`, `half = 0.5`), so without a name one place after the other is tried, those first whose name is short
for the given's. Which way is right is seen from outside: by the results on cases.
"""

import itertools
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from .arrays import Array
from .likeness import Replacement
from .programs import GivenSite

_MAX_READINGS = 6  # each that fails costs the run of another process
_MAX_OPTIONS = 4
_MAX_COMBINATIONS = 1000  # of a dozen givens with four options each there are millions


class Possible(NamedTuple):
    """That a site may be a given: as which, how many numbers it has, and whether they are equal to the last bit."""

    plan: Replacement
    size: int
    exact: bool


Chosen = Mapping[int, Replacement]
"""The sites that are a given in one reading."""

_Options = list[dict[int, Replacement]]


def readings(
    sites: Sequence[GivenSite],
    possible: Mapping[int, Sequence[Possible]],
    givens: Mapping[str, Array],
    accepted: Mapping[str, str],
    unused: Set[int] = frozenset(),
) -> Sequence[Chosen]:
    """Return the ways to read a script, at least one; `accepted`: every accepted name → the given it stands for.

    `unused`: sites whose name nothing reads. They are a given only where there is no other place.
    """
    # An array that is a given as a whole: the numbers in it are nothing by themselves.
    inner = {number for outer, items in possible.items() if _is_array(items) for number in sites[outer].inner}
    outermost = {number: items for number, items in possible.items() if number not in inner}
    if (only := _only_way(outermost)) is not None:
        return [only]
    choices: list[_Options] = []
    for given in givens:
        words = [word for word, meant in accepted.items() if meant == given]
        own = _plans_of(given, outermost, unused)
        choices.append(_options(given, words, sites, own, single=givens[given].size == 1))
    return _combined(choices)


def _only_way(possible: Mapping[int, Sequence[Possible]]) -> Chosen | None:
    """Return the one reading where each given has one place, and each place is one given: as in nearly all scripts."""
    plans = [(number, item.plan) for number, items in possible.items() for item in items]
    chosen = dict(plans)
    return chosen if len(plans) == len(chosen) == len({plan.given for _, plan in plans}) else None


def _plans_of(given: str, possible: Mapping[int, Sequence[Possible]], unused: Set[int]) -> dict[int, Replacement]:
    """Return the sites that may be a given: unused ones and those with another number only where there are no better.

    A variable that is set twice, once to the lesson's number: the other line is the student's own trial.
    """
    own = {number: item.plan for number, items in possible.items() for item in items if item.plan.given == given}
    used = {number: plan for number, plan in own.items() if number not in unused} or own
    return {number: plan for number, plan in used.items() if not plan.changed} or used


def _combined(choices: Sequence[_Options]) -> Sequence[Chosen]:
    """Return the readings that take one option for each given, those first that are the most natural in sum."""
    combinations = itertools.islice(itertools.product(*map(enumerate, choices)), _MAX_COMBINATIONS)
    ranked = sorted(combinations, key=lambda combination: sum(index for index, _ in combination))
    merged = [_merged([option for _, option in combination]) for combination in ranked]
    return [way for way in merged if way is not None][:_MAX_READINGS] or [_first_come(choices)]


def _is_array(items: Sequence[Possible]) -> bool:
    return any(item.size > 1 for item in items)


def _merged(options: Sequence[dict[int, Replacement]]) -> dict[int, Replacement] | None:
    """Put the sites of all givens together, or return None where one would be two."""
    merged: dict[int, Replacement] = {}
    for option in options:
        if merged.keys() & option.keys():
            return None
        merged |= option
    return merged


def _first_come(choices: Sequence[_Options]) -> dict[int, Replacement]:
    """Return a reading where there are fewer sites than givens: some givens are not found."""
    merged: dict[int, Replacement] = {}
    for options in choices:
        merged |= next((option for option in options if not merged.keys() & option.keys()), {})
    return merged


def _options(
    given: str, words: Sequence[str], sites: Sequence[GivenSite], own: dict[int, Replacement], *, single: bool
) -> _Options:
    """Return the sets of sites that may be this given, the most natural first."""
    named = {number: plan for number, plan in own.items() if sites[number].given == given}
    if named:
        # A single number elsewhere may be equal by chance; an array is rather a second copy.
        ways = [named, own] if single else [own, named]
    else:
        ordered = _sites_by_name(words, sites, own)
        ways = [*ordered[:1], own, *ordered[1:]] if single else [own, *ordered]
    kept = [way for index, way in enumerate(ways) if way and way not in ways[:index]]
    return kept[:_MAX_OPTIONS] or [{}]


def _sites_by_name(words: Sequence[str], sites: Sequence[GivenSite], own: dict[int, Replacement]) -> _Options:
    """Return the sites without the given's name by the name they have, the most telling first."""
    groups: dict[tuple[str, int], dict[int, Replacement]] = {}
    for number, plan in sorted(own.items(), key=lambda item: _strangeness(words, sites[item[0]])):
        # A place without a name is of a kind of its own: a call's argument is no other call's.
        site = sites[number]
        groups.setdefault((site.name, 0 if site.name else site.line), {})[number] = plan
    return list(groups.values())


def _strangeness(words: Sequence[str], site: GivenSite) -> tuple[bool, bool, bool]:
    """Return how little a place says that it is this given; of equals, the one that stands first."""
    # `lr1` and `lr_2` are as short for the given as `lr` is.
    letters = site.name.rstrip("0123456789_").lower()
    return (not any(_is_short_for(letters, word.lower()) for word in words), site.within, not site.firm)


def _is_short_for(short: str, word: str) -> bool:
    """Tell whether the letters stand in a word in this order, beginning with the first: `lr`, `t`, `feats`."""
    rest = iter(word)  # `in` uses it up as far as the letter it finds: that is what keeps the order
    return bool(short) and short[0] == word[0] and all(letter in rest for letter in short)
