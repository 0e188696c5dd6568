"""Which places of a script give what a statement of the reference gives, whatever they are called.

The place of a submission that has a trail's numbers, pass by pass on every case, is right wherever it stands. In a loop
one mistake makes everything wrong from then on, so it is also kept how far places agree, and what they come to.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from graders.exercise.trace import MOST_TRACED
from graders.inside.arrays import Array
from graders.inside.sites import MAX_PASSES, PARAMETER, Site
from graders.judging.comparison import is_close
from graders.judging.sightings import Sightings, target_of
from graders.judging.trails import GIVEN, Trail

_MOST_CASES = 8
"""Cases on which passes are compared: what agrees on so many, pass by pass, is the same."""

_FEW_CASES = 3
"""What agrees on so many in the end is the same."""

GIVING = frozenset({"assign", "augmented", "container", "return"})
"""Kinds of sites that are a whole statement's."""


class Followed(NamedTuple):
    """A script beside the reference's trails. `right`: for each site, the trails it has; `missing`: trails of none.

    `agreeing`: on each compared case, how many of a statement's first passes are those of the trail it is likeliest to
    be; `short`: on which of these the trail goes on. `ending`: statements whose last value is what a trail comes to.
    `beside`: statements that have as many passes as a trail of their own, so that they can be told to be wrong.
    `begun`: statements that agree with a given or a part of an expression only: right as that, or half of something.
    """

    right: Mapping[int, Sequence[int]]
    missing: Sequence[int]
    trails: Sequence[Trail]
    agreeing: Mapping[int, Sequence[int]]
    short: Mapping[int, Collection[int]]
    ending: Mapping[int, Collection[int]]
    beside: Collection[int]
    begun: Collection[int] = frozenset()

    def known_right(self, sightings: Sightings, failing: Collection[str]) -> frozenset[int]:
        """Return the statements that are right as what they are; `failing`: the results that are not.

        One that has the right value of something else may be mistaken for it: of several with one trail, only that
        of its name is known to be right.
        """
        found = {
            number for number, trails in self.ending.items() if self._ends_rightly(sightings.sites[number], trails)
        }
        for at, statements in self._by_trail(sightings).items():
            found.update(self._told_apart(self.trails[at], statements, sightings))
        return frozenset(number for number in found if not self._is_left_unfinished(number, sightings, failing))

    def _told_apart(self, trail: Trail, statements: Sequence[int], sightings: Sightings) -> Sequence[int]:
        same = [number for number in statements if sightings.sites[number].name == trail.name]
        if len(statements) == 1:  # but not what has the name of what nothing is: `slope = error`
            missing = {self.trails[at].name for at in self.missing}
            return same or [number for number in statements if sightings.sites[number].name not in missing]
        # What is returned has no name, so nothing tells several of it apart.
        return () if trail.is_returned else same

    def _ends_rightly(self, site: Site, trails: Collection[int]) -> bool:
        """Tell whether a statement comes to what a statement of the reference does, or sets a given."""
        # A given's value that is computed, or a part's, may be the right beginning of a wrong statement.
        is_set = not site.loads and any(self.trails[at].target == GIVEN for at in trails)
        return site.kind in GIVING and (is_set or not all(self.trails[at].is_known for at in trails))

    def open_for(self, number: int, sightings: Sightings) -> list[Trail]:
        """Return the trails of a statement's own name that no other statement of this name has."""
        site = sightings.sites[number]
        held = self._held_by(lambda other: other.name == site.name, sightings)
        return [
            trail
            for at, trail in enumerate(self.trails)
            if trail.name == site.name is not None and not trail.is_known and at not in held
        ]

    def _is_left_unfinished(self, number: int, sightings: Sightings, failing: Collection[str]) -> bool:
        """Tell whether a variable is last given a value here which is not the one it has in the end."""
        site = sightings.sites[number]
        if site.kind == "return" or number != _last_giving(site, sightings):
            return False
        own = [at for at, trail in enumerate(self.trails) if _is_own(trail, number, sightings.sites)]
        had = {*self.right.get(number, ()), *self.ending.get(number, ())}
        if had.intersection(own[-1:]):
            return False
        # Under another name a value may be right all the same; a result may not.
        is_result = site.name in failing and not site.function
        return is_result or (number in self.beside and self._is_nowhere(own[-1], sightings))

    def _is_nowhere(self, at: int, sightings: Sightings) -> bool:
        return all(self.trails[at].passes) and at not in self._held_by(lambda _: True, sightings)

    def _held_by(self, is_meant: Callable[[Site], bool], sightings: Sightings) -> set[int]:
        """Return the trails that some of the statements have."""
        sites = sightings.sites
        return {
            at
            for number, found in self.right.items()
            if sites[number].kind in GIVING and is_meant(sites[number])
            for at in found
        }

    def _by_trail(self, sightings: Sightings) -> dict[int, list[int]]:
        """Return for each trail the statements that have it."""
        own: dict[int, list[int]] = {}
        for site, numbers in self.right.items():
            # Parts of an expression say nothing about the statement: they may be the right beginning of a wrong one.
            if sightings.sites[site].kind not in GIVING:
                continue
            for number in numbers:
                trail = self.trails[number]
                # Of `return a, b` the second value is no right first one.
                if not trail.is_returned or target_of(site, sightings.sites) == trail.target:
                    own.setdefault(number, []).append(site)
        return own


def _last_giving(site: Site, sightings: Sightings) -> int:
    """Return the statement that is the last to give a variable its value, on the first case."""
    own = (
        number
        for number, other in enumerate(sightings.sites)
        if other.kind in GIVING and (other.name, other.function) == (site.name, site.function)
    )
    return max(own, key=lambda number: max(sightings.times(number, 0), default=-1))


def follow(sightings: Sightings, trails: Sequence[Trail]) -> Followed:
    """Find the sites that have the numbers of a trail on every pass of every case, or on their first or last ones."""
    count = min([_MOST_CASES, len(sightings.cases), *(len(trail.passes) for trail in trails)])
    # By sizes first: else every site would be compared with every trail, number by number.
    by_sizes: dict[Any, list[int]] = {}
    for number, trail in enumerate(trails):
        if not trail.is_known:
            by_sizes.setdefault((trail.is_returned, _coarse(trail.passes[:count])), []).append(number)
    right: dict[int, list[int]] = {}
    for site in range(len(sightings.sites)):
        passes = [sightings.passes(site, case) for case in range(count)]
        if _has_numbers_only(passes):
            alike = by_sizes.get((_is_returned(sightings, site), _coarse(passes)), ())
            right[site] = [number for number in alike if _same(passes, trails[number].passes)]
    return _Beside(sightings, trails, right, count).followed()


class _Beside:
    """Looks at statements pass by pass."""

    def __init__(
        self, sightings: Sightings, trails: Sequence[Trail], right: Mapping[int, Sequence[int]], count: int
    ) -> None:
        self._sightings = sightings
        self._sites = sightings.sites
        self._trails = trails
        self._right = right
        self._count = count
        self._agreeing: dict[int, Sequence[int]] = {}
        self._short: dict[int, Collection[int]] = {}
        self._ending: dict[int, set[int]] = {}
        self._beside: set[int] = set()
        self._begun: set[int] = set()

    def followed(self) -> Followed:
        """Return what was found."""
        for number, site in enumerate(self._sites):
            if site.kind in (*GIVING, PARAMETER) and any(self._passes(number)):
                for at in self._meant_by(number):
                    self._compare(number, at)
        missing = {at for at, trail in enumerate(self._trails) if not trail.is_known}.difference(*self._right.values())
        found = self._agreeing, self._short, self._ending, self._beside, self._begun
        return Followed(self._right, sorted(missing), self._trails, *found)

    def _compare(self, number: int, at: int) -> None:
        passes, trail = self._passes(number), self._trails[at]
        own = [_agreeing(*pair) for pair in zip(passes, trail.passes, strict=False)]
        if sum(own) > sum(self._agreeing.get(number, (-1,))):
            self._agreeing[number] = own
            self._short[number] = _where_short(passes, trail.passes)
            self._begun.add(number)
        if not trail.is_known and own == self._agreeing[number]:
            self._begun.discard(number)
        if _ends_alike(passes, trail.passes):
            self._ending.setdefault(number, set()).add(at)
        if self._is_beside(number, trail):
            self._beside.add(number)

    def _passes(self, number: int) -> list[Sequence[Any]]:
        return [self._sightings.passes(number, case) for case in range(self._count)]

    def _meant_by(self, number: int) -> Sequence[int]:
        """Return the trails that a statement may have: its own, by what it is called; else any.

        But not one that a statement of its name has: what has the right value of something else may be mistaken.
        """
        own = [at for at, trail in enumerate(self._trails) if _is_own(trail, number, self._sites)]
        if not own:
            return self._others
        if self._sites[number].kind in ("return", PARAMETER) or self._is_one_of(number, own):
            return own + self._givens
        # Of a name that means something else in the reference, what is a part of an expression there may be half of it.
        others = [at for at in self._others if not self._trails[at].is_known]
        return own + others + ([] if self._sites[number].loads else self._givens)

    @cached_property
    def _givens(self) -> list[int]:
        return [at for at, trail in enumerate(self._trails) if trail.target == GIVEN]

    @cached_property
    def _others(self) -> list[int]:
        taken = {at for number, found in self._right.items() for at in found if self._is_called(number, at)}
        return [at for at, trail in enumerate(self._trails) if not trail.is_returned and at not in taken]

    def _is_one_of(self, number: int, own: Sequence[int]) -> bool:
        """Tell whether a name is used as in the reference: given a value as often, or the same one first."""
        return any(self._is_beside(number, self._trails[at]) or self._begins_alike(number, at) for at in own)

    def _is_beside(self, number: int, trail: Trail) -> bool:
        pairs = zip(self._passes(number), trail.passes, strict=False)
        return _is_own(trail, number, self._sites) and all(
            len(values) == len(others[:MAX_PASSES]) for values, others in pairs
        )

    def _begins_alike(self, number: int, at: int) -> bool:
        first = zip(self._passes(number), self._trails[at].passes, strict=False)
        return any(_agreeing(values[:1], others) for values, others in first)

    def _is_called(self, number: int, at: int) -> bool:
        return self._sites[number].name == self._trails[at].name


def _is_own(trail: Trail, number: int, sites: Sequence[Site]) -> bool:
    """Tell whether a trail is a statement's own, by its name or by the function and what of it this is."""
    site = sites[number]
    if site.kind not in ("return", PARAMETER):
        return trail.name is not None and trail.name == site.name
    is_kind = trail.is_returned if site.kind == "return" else trail.parameter is not None
    at = trail.target if site.kind == "return" else trail.parameter
    is_there = trail.function.rpartition(".")[2] == site.called
    return is_kind and is_there and at == target_of(number, sites)


def _agreeing(passes: Sequence[Any], wanted: Sequence[Array]) -> int:
    """Return how many values from the first on are the wanted ones."""
    pairs = zip(passes, wanted, strict=False)
    return next((at for at, pair in enumerate(pairs) if not _is_wanted(*pair)), min(len(passes), len(wanted)))


def _is_wanted(value: Any, wanted: Array) -> bool:
    return not isinstance(value, str) and _agrees(value, wanted)


def _where_short(passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]) -> Collection[int]:
    """Return the cases on which a trail goes on after the last pass."""
    pairs = enumerate(zip(passes, wanted, strict=False))
    return frozenset(case for case, (values, others) in pairs if len(values) < len(others[:MAX_PASSES]))


def _ends_alike(passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]) -> bool:
    """Tell whether what one has at once is what the other comes to in a loop, on every case."""
    pairs = list(zip(passes, wanted, strict=False))
    # Of what is passed more often only the first values are known; the other cases tell enough.
    known = [(values, others) for values, others in pairs if len(values) < MAX_PASSES and len(others) < MOST_TRACED]
    counts = [{len(values) for values, _ in known}, {len(others) for _, others in known}]
    is_told = len(known) >= min(_FEW_CASES, len(pairs)) and {1} in counts and 0 not in set.union(*counts)
    return is_told and all(_is_wanted(values[-1], others[-1]) for values, others in known)


def _has_numbers_only(passes: Sequence[Sequence[Any]]) -> bool:
    values = [value for of_case in passes for value in of_case]
    return bool(values) and not any(isinstance(value, str) for value in values)


def _is_returned(sightings: Sightings, site: int) -> bool:
    return sightings.sites[site].kind == "return"


def _coarse(passes: Sequence[Sequence[Any]]) -> tuple[tuple[int, ...], ...]:
    """Return how many passes there were and of what size: what differs in that is not the same."""
    return tuple(tuple(value.size for value in values[:MAX_PASSES]) for values in passes)


def _same(passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]) -> bool:
    return all(_agreeing(values, others) == len(values) for values, others in zip(passes, wanted, strict=False))


def _agrees(value: Any, wanted: Array) -> bool:
    """Tell whether a value is the wanted one but for axes of length 1; not turned, which may be the mistake."""
    if [length for length in value.shape if length != 1] != [length for length in wanted.shape if length != 1]:
        return False
    return bool(is_close(value.ravel(), wanted.ravel()).all())
