"""What each statement of a reference that is run whole gives, pass by pass, and which places of a script give the same.

A straight line's steps are known by name. In functions, methods and loops a statement has a value on each of its
passes; the place of a submission that gives the same numbers, pass by pass on every case, is right, whatever it is
called and wherever it stands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.exercise.asked import Case
from graders.exercise.trace import Node
from graders.exercise.whole import WholeRun
from graders.inside.arrays import Array
from graders.inside.sites import MAX_VALUE, Site
from graders.judging.comparison import is_close
from graders.judging.sightings import Sightings

_MOST_CASES = 8
"""Cases on which passes are compared: what agrees on so many, pass by pass, is the same."""


class Trail(NamedTuple):
    """What one target of a statement was. `passes`: on each case, its values in their order.

    `name`: of what is assigned; nothing of what is returned, which `target` counts from 0.
    """

    name: str | None
    target: int
    passes: Sequence[Sequence[Array]]

    @property
    def is_returned(self) -> bool:
        """Tell whether a function returns this."""
        return self.name is None


class Trails:
    """The trails of one exercise; what a case gives is computed once."""

    def __init__(self, whole: WholeRun, givens: Iterable[str]) -> None:
        self._whole = whole
        self._givens = frozenset(givens)
        self._known: dict[int, tuple[Case, Mapping[tuple[int, int], list[Array]]]] = {}

    def on(self, cases: Sequence[Case]) -> list[Trail]:
        """Return what every statement gives on these cases, but for those that only set a given."""
        columns = [self._of(case) for case in cases]
        nodes = self._whole.traced.nodes
        return [
            Trail(_target_name(nodes[number], target), target, [column.get((number, target), []) for column in columns])
            for number, target in sorted({key for column in columns for key in column})
        ]

    def _of(self, case: Case) -> Mapping[tuple[int, int], list[Array]]:
        if id(case) not in self._known:  # kept with its values, so that the number stays its own
            try:
                self._known[id(case)] = case, self._passes(self._whole.trace(case))
            except Exception:  # noqa: BLE001 - a small case for which the reference may not be made
                self._known[id(case)] = case, {}
        return self._known[id(case)][1]

    def _passes(self, trace: Mapping[int, Sequence[tuple[Any, ...]]]) -> Mapping[tuple[int, int], list[Array]]:
        found: dict[tuple[int, int], list[Array]] = {}
        for number, passes in trace.items():
            node = self._whole.traced.nodes[number]
            # What is set for the case is right in every script, and says nothing.
            if not node.scope and node.targets and set(node.targets) <= self._givens:
                continue
            for values in passes:
                for target, value in enumerate(_elements(values, node)):
                    array = _as_numbers(value)
                    if array is not None:
                        found.setdefault((number, target), []).append(array)
        return found


def _target_name(node: Node, target: int) -> str | None:
    return node.targets[target].rpartition(".")[2] if node.targets else None


def _elements(values: Sequence[Any], node: Node) -> Sequence[Any]:
    """Return what is observed one by one: the elements of a returned tuple."""
    return values[0] if not node.targets and values and isinstance(values[0], tuple) else values


def _as_numbers(value: Any) -> Array | None:
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    # Truth values are compared as numbers, as a student may count with them.
    is_number = array.dtype.kind in "fiub" and 0 < array.size <= MAX_VALUE
    return array.astype(np.float64) if is_number else None


class Followed(NamedTuple):
    """A script beside the reference's trails. `right`: for each site, the trails it has; `missing`: trails of none."""

    right: Mapping[int, Sequence[int]]
    missing: Sequence[int]
    trails: Sequence[Trail]

    def known_right(self, sightings: Sightings) -> set[int]:
        """Return the sites that are right as what they are.

        One that has the right value of something else may be mistaken for it: of several with one trail, only that
        of its name is known to be right, and none that has the name of what nothing is: `slope = error`.
        """
        found = set()
        missing = {self.trails[number].name for number in self.missing}
        for number, sites in self._by_trail(sightings).items():
            trail = self.trails[number]
            same = [site for site in sites if sightings.sites[site].name == trail.name]
            if len(sites) == 1:
                found.update(same or [site for site in sites if sightings.sites[site].name not in missing])
            elif not trail.is_returned:  # what is returned has no name, so nothing tells several of it apart
                found.update(same)
        return found

    def _by_trail(self, sightings: Sightings) -> dict[int, list[int]]:
        """Return for each trail the statements that have it."""
        own: dict[int, list[int]] = {}
        for site, numbers in self.right.items():
            # Parts of an expression say nothing about the statement: they may be the right beginning of a wrong one.
            if sightings.sites[site].parent >= 0:
                continue
            for number in numbers:
                trail = self.trails[number]
                # Of `return a, b` the second value is no right first one.
                if not trail.is_returned or _target(site, sightings.sites) == trail.target:
                    own.setdefault(number, []).append(site)
        return own


def _target(number: int, sites: Sequence[Site]) -> int:
    """Return which of the values of its line a site returns."""
    site = sites[number]
    return sum(
        other.kind == "return" and (other.cell, other.line, other.function) == (site.cell, site.line, site.function)
        for other in sites[:number]
    )


def follow(sightings: Sightings, trails: Sequence[Trail]) -> Followed:
    """Find the sites that have the numbers of a trail on every pass of every case."""
    count = min([_MOST_CASES, len(sightings.cases), *(len(trail.passes) for trail in trails)])
    # By sizes first: else every site would be compared with every trail, number by number.
    by_sizes: dict[Any, list[int]] = {}
    for number, trail in enumerate(trails):
        by_sizes.setdefault((trail.is_returned, _coarse(trail.passes[:count])), []).append(number)
    right: dict[int, list[int]] = {}
    for site in range(len(sightings.sites)):
        passes = [sightings.passes(site, case) for case in range(count)]
        if _has_numbers_only(passes):
            alike = by_sizes.get((_is_returned(sightings, site), _coarse(passes)), ())
            right[site] = [number for number in alike if _same(passes, trails[number].passes)]
    missing = set(range(len(trails))).difference(*right.values())
    return Followed(right, sorted(missing), trails)


def _has_numbers_only(passes: Sequence[Sequence[Any]]) -> bool:
    values = [value for of_case in passes for value in of_case]
    return bool(values) and not any(isinstance(value, str) for value in values)


def _is_returned(sightings: Sightings, site: int) -> bool:
    return sightings.sites[site].kind == "return"


def _coarse(passes: Sequence[Sequence[Any]]) -> tuple[tuple[int, ...], ...]:
    """Return how many passes there were and of what size: what differs in that is not the same."""
    return tuple(tuple(value.size for value in values) for values in passes)


def _same(passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]) -> bool:
    return all(_agrees(*pair) for pair in _beside_each_other(passes, wanted))


def _agrees(value: Any, wanted: Array) -> bool:
    """Tell whether a value is the wanted one but for axes of length 1; not turned, which may be the mistake."""
    if [length for length in value.shape if length != 1] != [length for length in wanted.shape if length != 1]:
        return False
    return bool(is_close(value.ravel(), wanted.ravel()).all())


def _beside_each_other(
    passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]
) -> Iterator[tuple[Any, Array]]:
    for values, others in zip(passes, wanted, strict=False):
        yield from zip(values, others, strict=True)
