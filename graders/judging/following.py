"""Which places of a script give what a statement of the reference gives, whatever they are called.

The place of a submission that has a trail's numbers, pass by pass on every case, is right wherever it stands. In a loop
one mistake makes everything wrong from then on, so it is also kept how far places agree, and what they come to.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from graders.inside.sites import MAX_PASSES, PARAMETER, Site
from graders.judging.agreement import (
    are_beginnings,
    count_agreeing,
    end_alike,
    have_numbers_only,
    sizes_of,
    where_short,
)
from graders.judging.sightings import Sightings, is_plain_name
from graders.judging.trails import GIVEN, Trail, is_own, target_of

_MOST_CASES = 8
"""Cases on which passes are compared: what agrees on so many, pass by pass, is the same."""

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

    def known_right(self, sightings: Sightings) -> frozenset[int]:
        """Return the statements that are right as what they are.

        One that has the right value of something else may be mistaken for it: of several with one trail, only that
        of its name is known to be right.
        """
        found = {
            number for number, trails in self.ending.items() if self._ends_rightly(sightings.sites[number], trails)
        }
        found.update(number for number in self.begun if self._sets_a_given(number, sightings.sites[number]))
        for at, statements in self._by_trail(sightings).items():
            found.update(self._told_apart(self.trails[at], statements, sightings.sites))
        return frozenset(found)

    def without(self, numbers: Collection[int]) -> "Followed":
        """Return the same with some statements right on no pass."""
        return self._replace(agreeing={at: found for at, found in self.agreeing.items() if at not in numbers})

    def _told_apart(self, trail: Trail, statements: Sequence[int], sites: Sequence[Site]) -> Sequence[int]:
        if trail.is_returned:  # it has no name, so nothing tells several of it apart
            return statements if len(statements) == 1 else ()
        same = [number for number in statements if sites[number].name == trail.name]
        own = _computing(trail, statements, sites)
        return same if same or len(own) > 1 else self._under_no_missing_name(own[0], sites)

    def _under_no_missing_name(self, number: int, sites: Sequence[Site]) -> Sequence[int]:
        """Return a statement, but not one that has the name of what nothing is: `slope = error`."""
        return () if sites[number].name in {self.trails[at].name for at in self.missing} else (number,)

    def _ends_rightly(self, site: Site, trails: Collection[int]) -> bool:
        """Tell whether a statement comes to what a statement of the reference does."""
        # A given's value that is computed, or a part's, may be the right beginning of a wrong statement.
        return site.kind in GIVING and not all(self.trails[at].is_known for at in trails)

    def _sets_a_given(self, number: int, site: Site) -> bool:
        """Tell whether a statement reads nothing and yet has a given's value on every case: that was put there."""
        return site.kind == "assign" and not site.loads and all(self.agreeing[number])

    def open_for(self, number: int, sightings: Sightings) -> list[Trail]:
        """Return the trails of a statement's own name that no other statement of this name has."""
        site = sightings.sites[number]
        held = self.held_by(lambda other: other.name == site.name, sightings)
        return [
            trail
            for at, trail in enumerate(self.trails)
            if trail.name == site.name is not None and not trail.is_known and at not in held
        ]

    def unheld_parts(self) -> list[Trail]:
        """Return the parts of the reference's expressions that nothing has: a student may give one a name."""
        held = set[int]().union(*self.right.values())
        parts = enumerate(self.trails)
        return [trail for at, trail in parts if trail.is_known and trail.target != GIVEN and at not in held]

    def held_by(self, is_meant: Callable[[Site], bool], sightings: Sightings) -> set[int]:
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


def _computing(trail: Trail, statements: Sequence[int], sites: Sequence[Site]) -> Sequence[int]:
    """Return those of the statements with a trail that compute it; the others may be mistaken."""
    # Where one computes it, others may take it over.
    own = [number for number in statements if not is_plain_name(sites[number].source)] or statements
    # What one function computes, others are given, and may copy.
    return [number for number in own if sites[number].called == trail.function.rpartition(".")[2]] or own


def follow(sightings: Sightings, trails: Sequence[Trail]) -> Followed:
    """Find the sites that have the numbers of a trail on every pass of every case, or on their first or last ones."""
    count = min([_MOST_CASES, len(sightings.cases), *(len(trail.passes) for trail in trails)])
    # By sizes first: else every site would be compared with every trail, number by number.
    by_sizes: dict[Any, list[int]] = {}
    for number, trail in enumerate(trails):
        if not trail.is_known:
            by_sizes.setdefault((trail.is_returned, sizes_of(trail.passes[:count])), []).append(number)
    right: dict[int, list[int]] = {}
    for site in range(len(sightings.sites)):
        passes = [sightings.passes(site, case) for case in range(count)]
        if have_numbers_only(passes):
            alike = by_sizes.get((_is_returned(sightings, site), sizes_of(passes)), ())
            right[site] = [number for number in alike if are_beginnings(passes, trails[number].passes)]
    return _Beside(sightings, trails, right, count).followed()


def _of_no_other(
    number: int, compared: Mapping[int, Mapping[int, Sequence[int]]], is_called: Callable[[int, int], bool]
) -> Mapping[int, Sequence[int]]:
    """Return the trails of a statement but for those of which another one has more; all, if it has none else.

    `abs(0 - output)` has what the output is, which is not what it is meant to be.
    """

    def has_most(at: int) -> bool:
        return all(sum(found.get(at, ())) <= sum(compared[number][at]) for found in compared.values())

    own = {at: agreed for at, agreed in compared[number].items() if is_called(number, at) or has_most(at)}
    return own or compared[number]


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
        kinds = (*GIVING, PARAMETER)
        giving = [number for number, site in enumerate(self._sites) if site.kind in kinds and any(self._passes(number))]
        compared = {number: self._compared(number) for number in giving}
        for number in giving:
            self._choose(number, _of_no_other(number, compared, self._is_called))
        missing = {at for at, trail in enumerate(self._trails) if not trail.is_known}.difference(*self._right.values())
        found = self._agreeing, self._short, self._ending, self._beside, self._begun
        return Followed(self._right, sorted(missing), self._trails, *found)

    def _compared(self, number: int) -> Mapping[int, Sequence[int]]:
        """Return for each trail that a statement may have on how many passes it agrees; note what else is seen."""
        passes, found = self._passes(number), {}
        for at in self._meant_by(number):
            trail = self._trails[at]
            found[at] = [count_agreeing(*pair) for pair in zip(passes, trail.passes, strict=False)]
            if end_alike(passes, trail.passes):
                self._ending.setdefault(number, set()).add(at)
            if self._is_beside(number, trail):
                self._beside.add(number)
        return found

    def _choose(self, number: int, compared: Mapping[int, Sequence[int]]) -> None:
        """Choose the trail that a statement is likeliest to be."""
        if compared:
            at = max(compared, key=lambda at: sum(compared[at]))
            self._agreeing[number] = compared[at]
            # A function may be called less often than in the reference; only a loop can end too early.
            is_called = self._sites[number].kind in ("return", PARAMETER)
            short = () if is_called else where_short(self._passes(number), self._trails[at].passes)
            self._short[number] = frozenset(short)
            # As far as it goes it may be several: one of a statement says more than a part of one.
            same = [other for other, agreed in compared.items() if agreed == compared[at]]
            if all(self._trails[other].is_known for other in same):
                self._begun.add(number)

    def _passes(self, number: int) -> list[Sequence[Any]]:
        return [self._sightings.passes(number, case) for case in range(self._count)]

    def _meant_by(self, number: int) -> Sequence[int]:
        """Return the trails that a statement may have: its own, by what it is called; else any.

        But not one that a statement of its name has: what has the right value of something else may be mistaken.
        """
        own = [at for at, trail in enumerate(self._trails) if is_own(trail, number, self._sites)]
        if not own:
            # A function of another name may be one of the reference's.
            return self._others + self._returned_as(number)
        if self._sites[number].kind in ("return", PARAMETER) or self._is_one_of(number, own):
            return own if self._goes_on(number) else own + self._givens
        # Of a name that means something else in the reference, what is a part of an expression there may be half of it.
        others = [at for at in self._others if not self._trails[at].is_known]
        return own + others + ([] if self._sites[number].loads else self._givens)

    def _returned_as(self, number: int) -> list[int]:
        is_return = self._sites[number].kind == "return"
        return [at for at, trail in enumerate(self._trails) if is_return and trail.is_returned]

    @cached_property
    def _givens(self) -> list[int]:
        return [at for at, trail in enumerate(self._trails) if trail.target == GIVEN]

    @cached_property
    def _others(self) -> list[int]:
        taken = {at for number, found in self._right.items() for at in found if self._is_called(number, at)}
        return [at for at, trail in enumerate(self._trails) if not trail.is_returned and at not in taken]

    def _goes_on(self, number: int) -> bool:
        """Tell whether a loop changes a variable here: what it leaves as it was is not the given that it began with."""
        site = self._sites[number]
        is_changed = site.kind == "augmented" or site.name in site.loads
        return is_changed and any(len(passes) > 1 for passes in self._passes(number))

    def _is_one_of(self, number: int, own: Sequence[int]) -> bool:
        """Tell whether a name is used as in the reference: given a value as often, or the same one first."""
        return any(self._is_beside(number, self._trails[at]) or self._begins_alike(number, at) for at in own)

    def _is_beside(self, number: int, trail: Trail) -> bool:
        pairs = zip(self._passes(number), trail.passes, strict=False)
        return is_own(trail, number, self._sites) and all(
            len(values) == len(others[:MAX_PASSES]) for values, others in pairs
        )

    def _begins_alike(self, number: int, at: int) -> bool:
        first = zip(self._passes(number), self._trails[at].passes, strict=False)
        return any(count_agreeing(values[:1], others) for values, others in first)

    def _is_called(self, number: int, at: int) -> bool:
        return self._sites[number].name == self._trails[at].name


def _is_returned(sightings: Sightings, site: int) -> bool:
    return sightings.sites[site].kind == "return"
