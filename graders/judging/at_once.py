"""What a reference does record by record, as a script gives it that works on all records at once.

`hidden = sigmoid(features @ weights)` has as its rows what `hidden` is in the reference's loop, and a product of
matrices is what a sum comes to at the end of that loop. A script whose values have these sizes is followed by these.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

import numpy as np

from graders.inside.arrays import Array
from graders.judging.agreement import have_numbers_only, sizes_of
from graders.judging.blame import Experiment
from graders.judging.culprits import Culprit
from graders.judging.following import GIVING
from graders.judging.mending import Mender
from graders.judging.sightings import Sightings, has_numbers
from graders.judging.slips import CellLine
from graders.judging.trails import Trail
from graders.judging.watching import Watch

_COMPARED = 4
"""Values of other sizes are told apart on so many."""

_Counts = tuple[int, ...]
"""On each case, how many passes there are."""

_Sizes = tuple[tuple[int, ...], ...]


def find_culprits(
    watch: Watch,
    experiment: Experiment,
    sightings: Sightings,
    trails: Sequence[Trail],
    alike: Collection[CellLine],
    suspected: Collection[CellLine],
) -> list[Culprit]:
    """Return as few places as mend all results; see `Mender` for what it is given."""

    def found_by(own: Sequence[Trail]) -> list[Culprit]:
        return Mender(watch, experiment, sightings, own, alike, suspected).find_all()

    def strength(culprits: Sequence[Culprit]) -> tuple[bool, int]:
        mended = frozenset[str]().union(*(each.mended for each in culprits))
        return (True, -len(culprits)) if mended >= experiment.failing else (False, 0)

    found = found_by(trails)
    # What one place explains needs no other reading of the script.
    at_once = as_passed_at_once(trails, sightings) if strength(found) < (True, -1) else []
    return max((found, found_by(at_once)), key=strength) if at_once else found


def as_passed_at_once(trails: Sequence[Trail], sightings: Sightings) -> list[Trail]:
    """Return the trails, those of a loop put together; none if the script rather has the values of single passes."""
    seen = list(_sizes_seen(sightings))
    found: dict[int, Trail | None] = {}
    for loop, around in _loops(trails):
        put_together = _put_together(loop, around, trails)
        one_by_one = _sizes(trails[at] for at in loop)
        at_once = _sizes(filter(None, put_together.values()))
        # What stands outside of the loop may have either size, too.
        elsewhere = _sizes(trail for at, trail in enumerate(trails) if at not in loop)
        rather = _count_in(at_once - elsewhere, seen) or bool(_count_in(at_once, seen))
        found |= put_together if _count_in(one_by_one - elsewhere, seen) < rather else {}
    together = [found.get(at, trail) for at, trail in enumerate(trails)] if found else []
    return list(filter(None, together))


def begun_somewhere(name: str, trails: Sequence[Trail], without: Sequence[Trail], sightings: Sightings) -> bool:
    """Tell whether some place has the first values of a name on its first pass, be it those of all records at once.

    `without`: of what is not meant, none of which the place has.
    """
    own, others = _in_rows([trail for trail in trails if trail.name == name]), _in_rows(without)

    def is_one_of(number: int, rows: Sequence[Sequence[Array]]) -> bool:
        return any(_is_begun_at(number, row, sightings) for row in rows)

    return any(is_one_of(number, own) and not is_one_of(number, others) for number in range(len(sightings.sites)))


def _in_rows(trails: Sequence[Trail]) -> list[list[Array]]:
    """Return all numbers of each trail, one after another, on each case."""
    return [[np.hstack([np.zeros(0), *map(np.ravel, passes)]) for passes in trail.passes] for trail in trails]


def _is_begun_at(number: int, wanted: Sequence[Array], sightings: Sightings) -> bool:
    """Tell whether a place has on its first pass what some numbers begin with, on each case."""
    for case in sightings.cases[:_COMPARED]:
        first = next(iter(sightings.passes(number, case)), "missing")
        if isinstance(first, str) or not first.size or not has_numbers(first, wanted[case][: first.size]):
            return False
    return True


def _sizes_seen(sightings: Sightings) -> Iterator[_Sizes]:
    """Yield the sizes of what each statement gave."""
    for number, site in enumerate(sightings.sites):
        passes = [sightings.passes(number, case) for case in sightings.cases[:_COMPARED]]
        if site.kind in GIVING and have_numbers_only(passes):
            yield sizes_of(passes)


def _sizes(trails: Iterable[Trail]) -> set[_Sizes]:
    return {sizes_of(trail.passes[:_COMPARED]) for trail in trails if not trail.is_known}


def _count_in(sizes: Set[_Sizes], seen: Iterable[_Sizes]) -> int:
    return sum(each in sizes for each in seen)


def _loops(trails: Sequence[Trail]) -> Iterator[tuple[Sequence[int], _Counts]]:
    """Yield the numbers of the trails of each loop, with how often the loop is gone through on each case."""
    groups: dict[str, dict[_Counts, list[int]]] = {}
    for at, trail in enumerate(trails):
        groups.setdefault(trail.function, {}).setdefault(tuple(map(len, trail.passes)), []).append(at)
    for of_function in groups.values():
        for counts, loop in of_function.items():
            around = [other for other in of_function if other != counts and _goes_round_in(counts, other)]
            if around:
                yield loop, max(around, key=sum)


def _goes_round_in(counts: _Counts, around: _Counts) -> bool:
    return all(outer and not own % outer for own, outer in zip(counts, around, strict=True))


def _put_together(loop: Sequence[int], around: _Counts, trails: Sequence[Trail]) -> Mapping[int, Trail | None]:
    """Return what the trails of a loop are at once; nothing for what a sum begins with."""
    found: dict[int, Trail | None] = {}
    for at in loop:
        own = trails[at]
        begun = [
            other
            for other, each in enumerate(trails[:at])
            if own.name is not None
            and (each.name, each.function) == (own.name, own.function)
            and tuple(map(len, each.passes)) == around
        ]
        passes = [_at_once(*each, is_sum=bool(begun)) for each in zip(own.passes, around, strict=True)]
        # What has another shape on each pass has no rows.
        if all(passes):
            found |= dict.fromkeys(begun)
            found[at] = own._replace(passes=passes)
    return found


def _at_once(passes: Sequence[Array], around: int, *, is_sum: bool) -> list[Array]:
    """Return what the passes of each round are together: the last of a sum, else all as rows; nothing if uneven."""
    rounds = [passes[at : at + len(passes) // around] for at in range(0, len(passes), len(passes) // around or 1)]
    if is_sum:
        return [each[-1] for each in rounds]
    is_even = len({value.shape for value in passes}) == 1
    return [np.stack(each) for each in rounds] if is_even else []
