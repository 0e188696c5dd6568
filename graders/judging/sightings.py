"""What the sites of a submission were on some cases, and which of them are right whatever they are called."""

import itertools
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np

from graders.inside.arrays import Array, Truths
from graders.inside.forms import as_told
from graders.inside.sites import MAX_PASSES, PARAMETER, Site
from graders.judging.comparison import Value, are_same, is_close
from graders.sandbox.observed import Crash, Run, Seen

_Known = TypeVar("_Known")

_FEW_PASSES = 4
"""A site that is passed so often on every case is looked at pass by pass: a function called for each layer."""

_COARSE = 1e-5
"""Sums of values that may be equal agree to this; only those are then compared one by one."""


_COARSELY = 4
"""Cases on which sums are compared of everything with everything: hardly a pair is left that does not agree on all."""


Rights = Sequence[Sequence[Array | None]]
"""On each case the landmarks: first the values of the steps, by their order."""


class Place(NamedTuple):
    """A site on one of its passes, counted from 0; -1: on its only or last one."""

    site: int
    on_pass: int


class Sightings:
    """The values of all places on the cases of one trial. `places`: in the order in which they were first seen."""

    def __init__(self, sites: Sequence[Site], runs: Sequence[Run]) -> None:
        self.sites = sites
        self._runs = runs
        self._passes = [_by_site(run, (seen.value for seen in run.seen)) for run in runs]
        self.cases = range(len(runs))
        first: dict[Place, int] = {}
        # A place may be passed on some cases only, in a branch: the first case that has it says when.
        for at, seen in (pair for run in runs for pair in enumerate(run.seen)):
            first.setdefault(Place(seen.site, seen.on_pass), at)
        last: dict[int, int] = {}
        for (site, _), at in first.items():
            last[site] = max(at, last.get(site, at))
        self._order = {place: first.get(place, last[place.site]) for place in self._all_places()}
        self.places = sorted(self._order, key=lambda place: (self._order[place], place))

    def passed(self) -> list[Site]:
        """Return the sites that gave a value on some case: an example in a function that nothing calls gave none."""
        return [self.sites[number] for number in sorted({place.site for place in self.places})]

    def on(self, cases: Sequence[int]) -> "Sightings":
        """Return the same on some of the cases."""
        return Sightings(self.sites, [self._runs[case] for case in cases])

    def values(self, place: Place) -> list[Value]:
        """Return the value of a place on each case; a word where it was not passed, or not to the end."""
        return [_at(passes.get(place.site, ()), place.on_pass) for passes in self._passes]

    def told(self, place: Place) -> list[Value]:
        """Return the same as it is told: a word for what is no number."""
        return list(map(as_told, self.values(place)))

    def passes(self, site: int, case: int) -> Sequence[Value]:
        """Return the values of a site on its first passes on a case."""
        return self._passes[case].get(site, ())

    def passed_as_in(self, before: "Sightings", places: Mapping[Place, Sequence[int]]) -> Mapping[Place, Sequence[int]]:
        """Return those of the places that were passed as often before, if at all: another call is another value."""
        return {
            place: found
            for place, found in places.items()
            if all(self._is_passed_as_in(before, place.site, case) for case in self.cases)
        }

    def _is_passed_as_in(self, before: "Sightings", site: int, case: int) -> bool:
        passes, crash = before.passes(site, case), before.crash(case)
        stopped = () if crash is None or crash.site is None else self.times(self.statement_of(crash.site), case)[:1]
        # Where a value is put in nothing is called for it: as many passes may be those of calls behind what stopped.
        is_behind = any(time > stop for stop in stopped for time in self.times(site, case)[:1])
        return not passes or (len(passes) == len(self.passes(site, case)) and not is_behind)

    def outlasts(self, site: int) -> bool:
        """Tell whether a site was passed more often than was kept: it went on when all that is known of it was over."""
        return any(len(passes.get(site, ())) >= MAX_PASSES for passes in self._passes)

    def times(self, site: int, case: int) -> Sequence[int]:
        """Return when a site was passed on a case, to compare with others there; one number for each of `passes`."""
        return self._times[case].get(site, ())

    def first_passed(self, site: int) -> int:
        """Return when a site was passed for the first time, on the first case on which it was."""
        times = (self.times(site, case) for case in self.cases)
        return next(found[0] for found in times if found)

    def is_stopped(self, case: int) -> bool:
        """Tell whether something was raised on a case."""
        return self._runs[case].crash is not None

    def passed_on(self, case: int) -> Iterable[int]:
        """Return the sites that were passed on a case."""
        return self._passes[case].keys()

    def crash(self, case: int) -> Crash | None:
        """Return what was raised on a case."""
        return self._runs[case].crash

    def order(self, place: Place) -> int:
        """Return when a place was passed, to compare with others; what has only raised something comes last."""
        return self._order.get(place, len(self._order))

    def is_before(self, line: tuple[int | None, int], names: Set[str]) -> bool:
        """Tell whether a line is passed before one of these names has its value, from another line."""
        sites = ((self.sites[place.site], self.order(place)) for place in self.places)
        times = [((site.cell, site.line), site.name, time) for site, time in sites if site.parent < 0]
        begun = min((time for own, _, time in times if own == line), default=len(self.places))
        return any(own != line and name in names and time > begun for own, name, time in times)

    @cached_property
    def _times(self) -> list[Mapping[int, Sequence[int]]]:
        # Only the search asks for them, which few submissions need.
        return [_by_site(run, range(len(run.seen))) for run in self._runs]

    @cached_property
    def stopped(self) -> list[Place]:
        """The statements that raised something, and so may have no value."""
        crashed = {run.crash.site for run in self._runs if run.crash is not None and run.crash.site is not None}
        return [Place(self.statement_of(site), -1) for site in sorted(crashed)]

    def statement_of(self, site: int) -> int:
        """Return the site of the whole expression that a site is a part of."""
        while self.sites[site].parent >= 0:
            site = self.sites[site].parent
        return site

    def handed_on(self, number: int) -> int | None:
        """Return what gives the value that a statement only takes over from a function."""
        other = self.returned_before(number)
        pairs = [] if other is None else [(self.passes(number, case), self.passes(other, case)) for case in self.cases]
        return other if all(len(own) == len(others) for own, others in pairs) else None

    def returned_before(self, number: int) -> int | None:
        """Return the one `return` or `yield` whose value a statement that calls something has, on every pass."""
        made = self._made_by.get(number, frozenset())
        is_one = len(made) == 1 and not made & {number, -1}
        return min(made) if is_one and "(" in self.sites[number].source else None

    def lines_of(self, number: int) -> set[tuple[int | None, int]]:
        """Return the line of a statement, and of what gives the value that it only takes over."""
        own = (at for at in (number, self.handed_on(number)) if at is not None)
        return {(self.sites[at].cell, self.sites[at].line) for at in own}

    @cached_property
    def _made_by(self) -> Mapping[int, Set[int]]:
        """For each statement, on its passes, the first of the `return`s just before it with its value: -1 is none."""
        found: dict[int, set[int]] = {}
        for run in self._runs:
            returned: list[Seen] = []
            for site, seen in ((self.sites[seen.site], seen) for seen in run.seen):
                if site.parent < 0 and site.kind != PARAMETER:
                    found.setdefault(seen.site, set()).add(_first_alike(returned, seen))
                    returned = [*returned, seen] if site.kind == "return" else []
        return found

    def is_given_another(self, number: int) -> bool:
        """Tell whether a function's statement reads a parameter that is another value than what is called so outside.

        A function that is called several times is meant to be given several values.
        """
        site = self.sites[number]
        parameters = (
            at
            for at, each in enumerate(self.sites)
            if each.kind == PARAMETER and each.function == site.function and each.name in site.loads
        )
        return any(len(self.passes(at, 0)) == 1 and self._differs_outside(at) for at in parameters)

    def _differs_outside(self, parameter: int) -> bool:
        name, given = self.sites[parameter].name, self.values(Place(parameter, -1))
        outside = [at for at, each in enumerate(self.sites) if each.name == name and not each.function]
        return bool(outside) and not any(are_same(given, self.values(Place(at, -1))) for at in outside)

    def _all_places(self) -> list[Place]:
        places = []
        for site in sorted({site for passes in self._passes for site in passes}):
            if self.sites[site].kind == PARAMETER:  # which is no place where a step could stand
                continue
            # Passes are told apart only where there are as many on every case: else they have no meaning of their own.
            counts = {len(passes[site]) for passes in self._passes if site in passes}
            places.append(Place(site, -1))
            if len(counts) == 1 and 1 < max(counts) <= _FEW_PASSES:
                places += [Place(site, number) for number in range(max(counts))]
        return places


def _by_site(run: Run, what: Iterable[_Known]) -> Mapping[int, Sequence[_Known]]:
    """Return by site what is known of what was seen in a run, one for each."""
    found: dict[int, list[_Known]] = {}
    for seen, each in zip(run.seen, what, strict=True):
        found.setdefault(seen.site, []).append(each)
    return found


def _at(passes: Sequence[Value], on_pass: int) -> Value:
    if on_pass >= 0:
        return passes[on_pass] if on_pass < len(passes) else "missing"
    return passes[-1] if 0 < len(passes) < MAX_PASSES else "missing"  # of more passes only the first are known


def _first_alike(returned: Sequence[Seen], last: Seen) -> int:
    """Return the first of those at the end with a value, or -1: a function may only hand on what another gave."""
    alike = itertools.takewhile(lambda other: are_same([other.value], [last.value]), reversed(returned))
    return ([-1] + [other.site for other in alike])[-1]


def right_places(sightings: Sightings, landmarks: Rights) -> dict[Place, list[int]]:
    """Return the landmarks that each place equals on every case on which it was passed.

    `landmarks`: on each case the right values, in one order. A value may be in any shape and turned round.
    """
    columns = [sightings.values(place) for place in sightings.places]
    found: dict[Place, list[int]] = {}
    for row, number in np.argwhere(_possible(columns, landmarks)).tolist():
        pairs = zip(columns[row], (right[number] for right in landmarks), strict=True)
        if all(has_numbers(value, wanted) for value, wanted in pairs if not isinstance(value, str)):
            found.setdefault(sightings.places[row], []).append(number)
    return found


def _possible(columns: Sequence[Sequence[Value]], landmarks: Rights) -> Truths:
    """Tell for each place and each landmark whether they may be equal, from sums on the first cases."""
    possible = np.ones((len(columns), len(landmarks[0]) if landmarks else 0), dtype=bool)
    for case, right in enumerate(landmarks[:_COARSELY]):
        values = [column[case] for column in columns]
        seen = np.array([not isinstance(value, str) for value in values], dtype=bool)
        # A case on which a place was not passed says nothing against it.
        possible &= _are_alike(_prints(values), _prints(right)) | ~seen[:, None]
    # A place that held a text or a list of lists on one case is no step, though it agrees on the others.
    possible &= np.array([_is_throughout(column) for column in columns], dtype=bool)[:, None]
    return possible


def _is_throughout(values: Sequence[Value]) -> bool:
    """Tell whether there are numbers wherever a place was passed, and it was."""
    words = [value for value in values if isinstance(value, str)]
    return len(words) < len(values) and all(word == "missing" for word in words)


def _prints(values: Sequence[Value | None]) -> Array:
    """Return size, sum and sum of squares of values, which do not depend on their layout; NaN of what has none."""
    rows = np.full((len(values), 3), np.nan)
    for index, value in enumerate(values):
        if value is not None and not isinstance(value, str):
            flat = value.ravel()
            rows[index] = flat.size, flat.sum(), flat @ flat
    return rows


def _are_alike(values: Array, others: Array) -> Truths:
    with np.errstate(all="ignore"):
        # A sum is at most the root of size times sum of squares, so that bounds its rounding, however much cancels.
        largest = np.maximum(values[:, None, 2], others[None, :, 2])
        sizes = values[:, None, 0] == others[None, :, 0]
        sums = abs(values[:, None, 1] - others[None, :, 1]) <= _COARSE * np.sqrt(largest * others[None, :, 0]) + 1e-9
        squares = abs(values[:, None, 2] - others[None, :, 2]) <= _COARSE * largest + 1e-12
        return np.asarray(sizes & sums & squares)


def has_numbers(value: Array, wanted: Array | None) -> bool:
    """Tell whether a value has these numbers, in whatever shape, also transposed."""
    if wanted is None or value.size != wanted.size:
        return False
    flat = value.ravel()
    other = wanted.ravel()
    # The same operations in the same order give the very same numbers, which is told at once.
    if bool((flat == other).all()) or bool(is_close(flat, other).all()):
        return True
    if wanted.ndim > 1 and bool(is_close(flat, wanted.T.ravel()).all()):
        return True
    # A script in single precision is right, too, as its checks are; but only where every number is a single one.
    single = wanted.astype(np.float32).astype(np.float64)
    return bool((flat == flat.astype(np.float32)).all()) and bool(
        (abs(flat - single.ravel()) <= 1e-6 * abs(single).max(initial=0.0)).all()
    )


def is_plain_name(source: str) -> bool:
    """Tell whether an expression only reads a variable or an attribute."""
    return all(word.isidentifier() for word in source.split("."))
