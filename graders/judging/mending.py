"""Where a script that is run whole goes wrong: in functions, methods, loops and conditions.

Two questions are put to the script itself, one after the other. Which small alteration of one expression makes all
wrong results right? And at which place, with the reference's right values put in pass by pass, do they come out right?
The first also finds conditions, bounds and indices, which have no value of a step; the second finds what is wrong by
more than a slip. Statements that have the reference's values on every pass are right, and are left alone.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from graders.inside.arrays import Array
from graders.inside.sites import MAX_PASSES, Site
from graders.judging.blame import Experiment
from graders.judging.following import GIVING, Followed
from graders.judging.inputs import Reading
from graders.judging.sightings import Sightings
from graders.judging.slips import CellLine, Slip, SlipSearch
from graders.judging.trails import Trail
from graders.judging.watching import Watch
from graders.sandbox.observed import Put, Run, Trial

# Each pair is a run of the script on the few cases, and all of them are one request.
_MOST_PAIRS = 200
# More places would mend by chance what has its mistakes elsewhere.
_MOST_CULPRITS = 2
# So many numbers are put in at most by one request: a loop of hundreds of passes has hundreds of values.
_MOST_NUMBERS = 400_000


class Culprit(NamedTuple):
    """A place that mends some results. `mended`: which; `slip`: the small alteration that does, if one does.

    `is_typed`: numbers stand there, where something should be computed.
    """

    cell: int | None
    line: int
    source: str
    mended: frozenset[str]
    slip: Slip | None = None
    is_typed: bool = False


class Mender:
    """Finds the culprits of one submission."""

    def __init__(
        self,
        watch: Watch,
        experiment: Experiment,
        sightings: Sightings,
        followed: Followed,
        alike: Collection[tuple[int | None, int]],
    ) -> None:
        """`alike`: lines that are word for word those of the reference."""
        self._alike = alike
        self._watch = watch
        self._experiment = experiment
        self._sightings = sightings
        self._followed = followed
        self._names = {trail.name for trail in followed.trails}
        self._right = followed.known_right(sightings, experiment.failing)
        self._reading = Reading(sightings, followed, self._right)
        self._slips = SlipSearch(
            watch, sightings, likely=set(self._likely()), right=set(self._right_lines()), alike=alike
        )

    def find_all(self) -> list[Culprit]:
        """Return as few places as mend all results, each by itself.

        What mends some may only make up for a mistake further up. So it counts where together they explain all, or
        where everything before it is right.
        """
        found: list[Culprit] = []
        while self._experiment.failing and len(found) < _MOST_CULPRITS:
            culprit = self._find()
            if culprit is None:
                break
            found.append(culprit)
            # what is mended says nothing about the next mistake
            left = [name for name in self._experiment.results if name not in culprit.mended]
            self._experiment = self._experiment._replace(
                results=left,
                failing=self._experiment.failing - culprit.mended,
                wrong=self._experiment.wrong - culprit.mended,
            )
        return found if not self._experiment.failing else self._known_of(found)

    def _known_of(self, found: Sequence[Culprit]) -> list[Culprit]:
        """Return those that are to blame, though they do not explain all."""
        # What read right values only is wrong itself; a slip may make up for what stands before it.
        known = [item for item in found if item.slip is None or self._is_first(item)]
        return known or list(self._wrong_by_themselves())

    def _wrong_by_themselves(self) -> Iterator[Culprit]:
        """Yield the statements that give a wrong result though all that they read is right: no other can be to blame.

        That needs no value to be put in, as for a text there is none.
        """
        for name in sorted(self._experiment.failing):
            own = [
                number
                for number, site in enumerate(self._sightings.sites)
                if site.kind in GIVING and site.name == name and not site.function and site.loads
            ]
            if len(own) == 1 and own[0] not in self._right and self._reading.are_right(own[0]):
                site = self._sightings.sites[own[0]]
                yield Culprit(site.cell, site.line, site.source, frozenset({name}))

    def _is_first(self, culprit: Culprit) -> bool:
        """Tell whether everything that was computed before a place is right."""
        for place in self._sightings.places:
            site = self._sightings.sites[place.site]
            if site.cell == culprit.cell and site.line <= culprit.line <= site.end_line:
                return True
            is_known = place.site in self._right or (site.cell, site.line) in self._alike
            if site.kind in GIVING and not is_known:
                return False
        return False

    def _find(self) -> Culprit | None:
        """Return the one place that mends all, or the first that mends some."""
        some: Culprit | None = None
        for anywhere in (False, True):
            by_value = self._by_value(self._pairs(anywhere=anywhere))
            # Values need few runs; where one place explains all, what might be meant there is all that is left to ask.
            if by_value is not None and by_value.mended >= self._experiment.failing:
                slip = self._by_slip((by_value.cell, by_value.line))
                return slip if slip is not None and slip.mended == by_value.mended else by_value
            some = some or by_value
        slip = self._by_slip()
        if slip is not None and slip.mended >= self._experiment.failing:
            return slip
        # A slip that mends some may make up for a mistake further up; what read right values is wrong itself.
        return some or slip

    def _by_slip(self, only: CellLine | None = None) -> Culprit | None:
        slip = self._slips.first(self._experiment, only)
        if slip is None:
            return None
        item = slip.altered
        return Culprit(item.cell, item.line, item.source, slip.mended, slip)

    def _likely(self) -> Iterator[CellLine]:
        """Yield the lines whose value is not known to be right, though all that they read is."""
        for number, site in enumerate(self._sightings.sites):
            if site.kind in GIVING and number not in self._right and self._reading.may_be_right(number):
                yield site.cell, site.line

    def _right_lines(self) -> Iterator[CellLine]:
        """Yield the lines on which every statement is right."""
        by_line: dict[tuple[int | None, int], list[int]] = {}
        for number, site in enumerate(self._sightings.sites):
            if site.parent < 0 and site.kind in GIVING:
                by_line.setdefault((site.cell, site.line), []).append(number)
        for line, numbers in by_line.items():
            # one wrong statement of a line `a = …; b = …` is enough to look into it
            if all(number in self._right for number in numbers):
                yield line

    def _mended(self, runs: Sequence[Run], cases: Sequence[int]) -> frozenset[str]:
        return (self._experiment.mended(runs, cases) or frozenset()) if len(runs) == len(cases) else frozenset()

    def _by_value(self, candidates: Iterator[tuple[int, Trail]]) -> Culprit | None:
        """Put the values of trails that nothing has in at the places that are not known to be right."""
        cases = self._experiment.cases
        pairs = self._affordable(candidates)
        trials = [Trial(self._puts(site, trail, cases)) for site, trail in pairs]
        runs = self._experiment.ask(trials, cases) if trials else ()
        some: Culprit | None = None
        for (site, trail), of_trial in zip(pairs, runs, strict=False):
            if not self._mended(of_trial, cases) or not self._reading.are_right(site):
                continue
            culprit = self._proven(site, trail)
            if culprit is not None and culprit.mended >= self._experiment.failing:
                return culprit
            some = some or culprit
        return some

    def _affordable(self, pairs: Iterable[tuple[int, Trail]]) -> list[tuple[int, Trail]]:
        """Return the first pairs, as many as there is room for in one request."""
        found: list[tuple[int, Trail]] = []
        left = _MOST_NUMBERS
        for site, trail in itertools.islice(pairs, _MOST_PAIRS):
            left -= sum(value.size for case in self._experiment.cases for value in trail.passes[case])
            if left < 0:
                break
            found.append((site, trail))
        return found

    def _proven(self, number: int, trail: Trail) -> Culprit | None:
        cases = range(len(self._experiment.right))
        runs = self._experiment.ask([Trial(self._puts(number, trail, cases))], cases)
        mended = self._mended(runs[0], cases) if runs else frozenset()
        site = self._sightings.sites[number]
        if not mended:
            return None
        is_typed = not site.loads and "(" not in site.source.replace("array(", "")
        return Culprit(site.cell, site.line, site.source, mended, is_typed=is_typed)

    def _pairs(self, *, anywhere: bool) -> Iterator[tuple[int, Trail]]:
        """Yield sites in the order in which they are first passed, each with the trails it may be meant to have.

        Under a name of the reference its own are meant, under the student's own any. `anywhere` also others, but only
        where all inputs are right. A line of the reference gives from these what it gives there: it only makes up for
        what is missing.
        """
        for number in filter(self._is_own, self._sites_in_order()):
            is_typed = not self._sightings.sites[number].loads
            for trail in self._meant_by(number, anywhere=anywhere):
                if not is_typed or self._may_be_typed(number, trail):
                    yield number, trail

    def _meant_by(self, number: int, *, anywhere: bool) -> list[Trail]:
        are_right = self._reading.are_right(number)
        if anywhere and not are_right:
            return []
        site = self._sightings.sites[number]
        is_any = anywhere or (site.name not in self._names and are_right)
        own = self._followed.open_for(number, self._sightings)
        # As many passes first: they may differ where the mistake ends a loop too early, or too late.
        own.sort(key=lambda trail: not self._has_passes(number, trail))
        missing = [self._followed.trails[at] for at in self._followed.missing]
        others = [trail for trail in missing if _is_meant(site, trail, is_any=is_any)]
        return own + [trail for trail in others if self._has_passes(number, trail)]

    def _may_be_typed(self, number: int, trail: Trail) -> bool:
        """Tell whether a statement that reads nothing may be to blame: for a wrong beginning, or typed-in results.

        Other right values there would only make up for what goes on from an empty list, or from zero.
        """
        if trail.is_same_on_all() or trail.is_returned:
            return True
        site = self._sightings.sites[number]
        others = (other for at, other in enumerate(self._sightings.sites) if at != number and other.kind in GIVING)
        is_only = all((other.name, other.function) != (site.name, site.function) for other in others)
        return site.name is not None and trail.name == site.name and is_only

    def _is_own(self, number: int) -> bool:
        site = self._sightings.sites[number]
        return (site.cell, site.line) not in self._alike

    def _sites_in_order(self) -> Iterator[int]:
        for number in dict.fromkeys(place.site for place in self._sightings.places):
            is_open = number not in self._right and self._sightings.sites[number].kind in GIVING
            if is_open and not self._reading.are_taken_up_rightly(number, self._experiment.cases):
                yield number

    def _has_passes(self, site: int, trail: Trail) -> bool:
        return all(
            len(self._sightings.passes(site, case)) == len(trail.passes[case][:MAX_PASSES])
            for case in self._experiment.cases
        )

    def _puts(self, site: int, trail: Trail, cases: Sequence[int]) -> list[Put]:
        # Each pass has a value of its own: the same one on every pass would be wrong in a loop.
        most = max(len(trail.passes[case]) for case in cases)
        # But what is computed at once may be filled bit by bit: then it is right at the end whenever it is put in.
        if most == 1 and not self._has_passes(site, trail):
            return [Put(site, [trail.passes[case][0] if trail.passes[case] else None for case in cases])]
        puts = []
        for on_pass in range(most):
            values: list[Array | None] = [
                trail.passes[case][on_pass] if on_pass < len(trail.passes[case]) else None for case in cases
            ]
            puts.append(Put(site, values, on_pass))
        return puts


def _is_meant(site: Site, trail: Trail, *, is_any: bool) -> bool:
    """Tell whether a statement may be meant to have a trail that is not of its name."""
    if site.kind == "return":
        return trail.is_returned or is_any
    return is_any and not trail.is_returned and trail.name != site.name
