"""The small alteration of a script that makes wrong results right: of one expression, or of where a statement stands.

It is asked of the script itself, which is run with one alteration after the other: first on one case, and what mends
that on all. The likeliest slips on the likeliest lines come first, so that most searches end with the first request.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from graders.inside.altered import (
    ADDED,
    COPIED,
    DROPPED,
    KEPT,
    LEFT_OUT,
    MOVED,
    PLAIN,
    RETURNED,
    SHARED,
    TURNED,
    Alteration,
    Altering,
)
from graders.judging.blame import Experiment
from graders.judging.sightings import Sightings
from graders.judging.watching import Watch
from graders.sandbox.observed import Put, Run

_AT_ONCE = 400
"""Alterations of one request: after each, it is looked whether one of them mends."""

# Of more that mend one case, the others are not plainer.
_MOST_PROVEN = 12

_MANY_WORDS = 4
"""Nodes that an alteration adds: more than a name (2) or another operator (2), such as `len(a)` and `a.size`."""

_OF_EXPRESSIONS = (PLAIN, DROPPED, TURNED)
_OF_STATEMENTS = (LEFT_OUT, MOVED, RETURNED, KEPT, SHARED, COPIED)

CellLine = tuple[int | None, int]
"""A cell, and a line of it."""


class Slip(NamedTuple):
    """An alteration that mends some results; `number`: of it, among those that were asked about."""

    altered: Alteration
    mended: frozenset[str]
    altering: Altering
    number: int


class PutRight(NamedTuple):
    """Places that are put right while slips are looked for; `puts`: what does that on some cases."""

    sites: tuple[int, ...] = ()
    puts: Callable[[Sequence[int]], Sequence[Put]] = lambda _: ()


class SlipSearch:
    """Looks for slips in one submission. `likely`: lines to begin with; `right`: lines that are left alone.

    `alike`: lines that are word for word those of the reference. `beside`: mistakes that are known already.
    """

    def __init__(
        self,
        watch: Watch,
        sightings: Sightings,
        *,
        likely: Collection[CellLine],
        right: Collection[CellLine],
        alike: Collection[CellLine],
        beside: PutRight,
    ) -> None:
        self._watch = watch
        self._sightings = sightings
        self._likely = likely
        self._right = frozenset(right)
        self._alike = frozenset(alike)
        self._beside = beside

    def first(self, experiment: Experiment, only: CellLine | None = None) -> Slip | None:
        """Return the first alteration that mends all failing results, or else some; on one line `only`, or anywhere."""
        some: Slip | None = None
        # A slip that mends everything ends the search; one that mends some may be half of the truth.
        for kinds, left_alone, within in self._stages(only):
            left = () if only is not None else _sorted(left_alone)
            altering = Altering(kinds, left, only, kept=self._beside.sites)
            for slip in self._mending(altering, within, experiment):
                if slip.mended >= experiment.failing:
                    return slip
                some = some or slip
        return some

    def spelled_out(self, slip: Slip) -> Alteration | None:
        """Return an alteration with what it makes of the statement's expression; of moved statements there is none."""
        return next(iter(self._watch.alterations(slip.altering._replace(spelled=slip.number))), None)

    def _stages(
        self, only: CellLine | None
    ) -> Iterator[tuple[tuple[int, ...], frozenset[CellLine], frozenset[CellLine] | None]]:
        """Yield what is tried one after the other: kinds of alterations, lines left alone, and those looked at."""
        yield (*_OF_EXPRESSIONS, *_OF_STATEMENTS), self._right | self._alike, None
        # Adding a name comes late: there are more such alterations than of all other kinds together.
        yield (ADDED,), self._right | self._alike, None
        # What the reference says may be wrong beside what the student said above it, such as a loop that counts from 0.
        if only is None and self._alike - self._right:
            yield _OF_EXPRESSIONS, self._right, self._alike
            yield (ADDED,), self._right, self._alike

    def _mending(
        self, altering: Altering, within: frozenset[CellLine] | None, experiment: Experiment
    ) -> Iterator[Slip]:
        described = self._watch.alterations(altering)
        wanted = (at for at, item in enumerate(described) if within is None or (item.cell, item.line) in within)
        order = sorted(wanted, key=lambda number: self._priority(described[number], number))
        # Hardly anything that mends one case by chance is left, and it is tried on all cases after that.
        first = experiment.cases[:1]
        for start in range(0, len(order), _AT_ONCE):
            numbers = order[start : start + _AT_ONCE]
            runs = self._watch.altered(altering, numbers, first, self._beside.puts(first))
            if not runs:  # no more can be afforded
                return
            mended = {
                number: len(found)
                for number, run in zip(numbers, runs, strict=False)
                if (found := self._mends(experiment, run, first))
            }
            # What mends most first: a coarse result, such as a share, is right on one case by many a chance.
            likely = sorted(mended, key=lambda number: (-mended[number], self._plainness(described[number])))
            slips = self._proven(altering, likely[:_MOST_PROVEN], described, experiment)
            # What mends all comes before what mends some; of equals the plainest stays first.
            yield from sorted(slips, key=lambda slip: -len(slip.mended))[:1]

    def _proven(
        self, altering: Altering, numbers: Sequence[int], described: Sequence[Alteration], experiment: Experiment
    ) -> list[Slip]:
        """Return those that mend results on all cases."""
        if not numbers:
            return []
        cases = range(len(experiment.right))
        runs = self._watch.altered(altering, numbers, cases, self._beside.puts(cases))
        pairs = [(number, self._mends(experiment, run, cases)) for number, run in zip(numbers, runs, strict=False)]
        return [Slip(described[number], mended, altering, number) for number, mended in pairs if mended]

    def _mends(self, experiment: Experiment, runs: Sequence[Run], cases: Sequence[int]) -> frozenset[str]:
        # What stops the script before it spoils a result is no mending.
        stops = any(
            run.crash is not None and self._watch.runs[case].crash is None
            for case, run in zip(cases, runs, strict=False)
        )
        mended = frozenset() if stops else experiment.surely_mended(runs, cases)
        return mended if experiment.tell_apart(mended) else frozenset()

    def _priority(self, item: Alteration, number: int) -> tuple[bool, int, int, int]:
        return (item.cell, item.line) not in self._likely, item.kind, item.growth, number

    def _plainness(self, item: Alteration) -> tuple[int, int, int, int]:
        """Order what mends: the likeliest slip, what adds the least, and what is computed first."""
        times = [
            self._sightings.order(place)
            for place in self._sightings.places
            if (site := self._sightings.sites[place.site]).cell == item.cell and site.line <= item.line <= site.end_line
        ]
        # What is left out says more than what takes many words to come to the same.
        kind = max(item.kind, TURNED) if item.growth >= _MANY_WORDS else item.kind
        return kind, item.growth, min(times, default=0), item.statement


def _sorted(lines: Collection[CellLine]) -> tuple[CellLine, ...]:
    """Return lines in order, so that the same request is known to be the same."""
    return tuple(sorted(lines, key=lambda line: (line[0] or 0, line[1])))
