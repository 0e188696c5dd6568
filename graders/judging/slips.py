"""The small alteration of a script that makes wrong results right: of one expression, or of where a statement stands.

It is asked of the script itself, which is run with one alteration after the other: first on one case, and what mends
that on all. The likeliest slips on the likeliest lines come first, so that most searches end with the first request.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from graders.inside.altered import (
    ADDED,
    COPIED,
    DROPPED,
    FORGOTTEN,
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

_LINES_BEHIND = 100

# Of more that mend one case, the others are not plainer; of a coarse result many do, so more cases are asked first.
_MOST_PROVEN, _MOST_LIKELY = 12, 80
_MORE_CASES = range(1, 4)

_MANY_WORDS = 4
"""Nodes that an alteration adds: more than a name (2) or another operator (2), such as `len(a)` and `a.size`."""

_OF_EXPRESSIONS = (PLAIN, DROPPED, TURNED)
_ALL_BUT_ADDED = (*_OF_EXPRESSIONS, LEFT_OUT, SHARED, MOVED, RETURNED, KEPT, COPIED, FORGOTTEN)

CellLine = tuple[int | None, int]
"""A cell, and a line of it."""

_Stage = tuple[tuple[int, ...], frozenset[CellLine], frozenset[CellLine] | None]
"""Kinds of alterations, the lines that are left alone, and those that are looked at (None: all)."""


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
    `suspected`: lines of the functions to look at first, if it is known which these are.
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
        suspected: Collection[CellLine] = (),
    ) -> None:
        self._watch = watch
        self._sightings = sightings
        self._likely = likely
        self._right = frozenset(right)
        self._alike = frozenset(alike)
        self._beside = beside
        self._suspected = frozenset(suspected)

    def first_suspected(self, experiment: Experiment) -> Slip | None:
        """Return the first alteration of a suspected function that mends all failing results."""
        # All others are left alone, and not only looked away from: so many alterations are built in at most.
        left = self._right | self._alike | self._beyond_suspicion()
        stages: list[_Stage] = [(kinds, left, self._suspected) for kinds in (_ALL_BUT_ADDED, (ADDED,))]
        slip = self._first_of(stages, experiment, None) if self._suspected else None
        return slip if slip is not None and slip.mended >= experiment.failing else None

    def _beyond_suspicion(self) -> frozenset[CellLine]:
        last: dict[int | None, int] = {}
        for site in self._sightings.sites:
            last[site.cell] = max(last.get(site.cell, 0), site.end_line)
        # Behind the last place there may be a few statements that give nothing.
        lines = ((cell, line) for cell, end in last.items() for line in range(1, end + _LINES_BEHIND))
        return frozenset(lines) - self._suspected

    def first(self, experiment: Experiment, only: CellLine | None = None) -> Slip | None:
        """Return the first alteration that mends all failing results, or else some; on one line `only`, or anywhere."""
        # Where what is put right beside it mends all, whatever is altered seems to.
        if self._beside.sites and experiment.is_mended_beside(self._beside.puts):
            return None
        return self._first_of(self._stages(only), experiment, only)

    def first_behind(self, experiment: Experiment) -> Slip | None:
        """Return the first alteration anywhere that may be behind a wrong value: it mends all failing results.

        Nothing is added, which could make up for what is wrong further up.
        """
        slip = self._first_of([(_ALL_BUT_ADDED, self._right | self._alike, None)], experiment, None)
        return slip if slip is not None and slip.mended >= experiment.failing else None

    def _first_of(self, stages: Iterable[_Stage], experiment: Experiment, only: CellLine | None) -> Slip | None:
        some: Slip | None = None
        # A slip that mends everything ends the search; one that mends some may be half of the truth.
        for kinds, left_alone, within in stages:
            left = () if only is not None else _sorted(left_alone)
            altering = Altering(kinds, left, only, kept=self._beside.sites)
            for slip in self._mending(altering, within, experiment):
                if slip.mended >= experiment.failing:
                    return slip
                some = some or slip
        return some

    def _stages(self, only: CellLine | None) -> Iterator[_Stage]:
        """Yield what is tried one after the other."""
        yield _ALL_BUT_ADDED, self._right | self._alike, None
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
        wanted = (at for at, item in enumerate(described) if within is None or _line_altered(item) in within)
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
            beside = {number: _is_beside(altering, described[number]) for number in mended}
            likely = sorted(
                mended, key=lambda number: (-mended[number], beside[number], self._plainness(described[number]))
            )
            if len(likely) > _MOST_PROVEN:
                likely = self._mending_more(altering, likely[:_MOST_LIKELY], experiment)
            slips = self._proven(altering, likely[:_MOST_PROVEN], described, experiment)
            # What mends all comes before what mends some; of equals the plainest stays first.
            yield from sorted(slips, key=lambda slip: -len(slip.mended))[:1]

    def _mending_more(self, altering: Altering, numbers: Sequence[int], experiment: Experiment) -> list[int]:
        """Return those that leave all results right on some more cases."""
        cases = [case for case in _MORE_CASES if case < len(experiment.right)]
        runs = self._watch.altered(altering, numbers, cases, self._beside.puts(cases))
        wanted = experiment.failing
        return [
            number
            for number, run in zip(numbers, runs, strict=False)
            if len(run) == len(cases) and experiment.right_on(run, cases) & wanted
        ]

    def _proven(
        self, altering: Altering, numbers: Sequence[int], described: Sequence[Alteration], experiment: Experiment
    ) -> list[Slip]:
        """Return those that mend results on all cases."""
        if not numbers:
            return []
        cases = range(len(experiment.right))
        runs = self._watch.altered(altering, numbers, cases, self._beside.puts(cases))
        # What mends a later result at the cost of an earlier one stands behind the mistake.
        return [
            Slip(described[number], mended, altering, number)
            for number, run in zip(numbers, runs, strict=False)
            if (mended := self._mends(experiment, run, cases)) and not experiment.spoils(run)
        ]

    def _mends(self, experiment: Experiment, runs: Sequence[Run], cases: Sequence[int]) -> frozenset[str]:
        mended = experiment.surely_mended(runs, cases)
        return mended if experiment.tell_apart(mended) else frozenset()

    def _priority(self, item: Alteration, number: int) -> tuple[bool, bool, int, int, int]:
        kind, growth = _likeliness(item)
        # What is far-fetched on a likely line may only make up for what is plain on another one.
        return kind > DROPPED, _line_altered(item) not in self._likely, kind, growth, number

    def _plainness(self, item: Alteration) -> tuple[int, int, int, int]:
        """Order what mends: the likeliest slip, what adds the least, and what is computed last.

        What a line reads may be turned where it is read as well as where it is set: a formula is wrong more often. But
        what lacks something lacks it from where it is first computed.
        """
        times = [
            self._sightings.order(place)
            for place in self._sightings.places
            if (site := self._sightings.sites[place.site]).cell == item.cell and site.line <= item.line <= site.end_line
        ]
        kind, growth = _likeliness(item)
        # What is left out says more than what takes many words to come to the same.
        kind = max(kind, TURNED) if growth >= _MANY_WORDS else kind
        time = min(times, default=0) if item.kind == ADDED else -max(times, default=0)
        return kind, growth, time, item.statement


def _is_beside(altering: Altering, item: Alteration) -> bool:
    """Tell whether an alteration is of another line than is asked about, and comes last.

    Only what is lost, written over or forgotten is altered there. But where two names stand for the same data, that
    says more than in which order it is changed.
    """
    return altering.only not in (None, _line_altered(item)) and item.kind != SHARED


def _line_altered(item: Alteration) -> CellLine:
    return item.cell, item.line


def _likeliness(item: Alteration) -> tuple[int, int]:
    """Return a kind and a growth by which alterations are ordered.

    Where all is right without a condition or a call, it is one too many, and not one that should do nothing.
    """
    return (PLAIN if item.growth < 0 else item.kind), item.growth


def _sorted(lines: Collection[CellLine]) -> tuple[CellLine, ...]:
    """Return lines in order, so that the same request is known to be the same."""
    return tuple(sorted(lines, key=lambda line: (line[0] or 0, line[1])))
