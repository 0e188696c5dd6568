"""Where the mistakes of a straight script stand: at the places where a right value, put in, makes right what follows.

One mistake: with the right value of a step there, all results are right. The first such place in the order of execution
is the smallest expression that needs to be mended.

Several: what stands behind them all would mend everything, too, and hide those before it. But a place further up is a
mistake of its own where, with its right value put in, a further step's right value comes up, which was nowhere before.
So they are found from the top: one is put right, everything is looked at anew, and what is wrong then is the next's.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from graders.judging.blame import Blamed, Experiment
from graders.judging.locating import Located, Locator
from graders.judging.sightings import Place, Rights, Sightings, right_places
from graders.sandbox.observed import Run

_MOST_MISTAKES = 3
# Pairs are tried in the order of execution: what a long script loses by this bound is at its end.
_MOST_TRIALS = 300
# What mends the cases that are tried first by chance is told by all of them.
_MOST_PROVEN = 4
# Each of these is looked at as a whole.
_MOST_LOOKS = 40


def locate_known(locator: Locator, results: Set[str]) -> Located:
    """Find the steps by their names, and those that are right by their values."""
    places = {name: place for name in locator.names if (place := locator.right_place(name)) is not None}
    return Located(places, locator.trusted(locator.misleading(), results), (), is_proven=False)


def locate_blamed(
    known: Located, locator: Locator, experiment: Experiment, rights: Rights, results: Set[str]
) -> Located:
    """Find where the mistakes stand by what mends them, and with them the steps that were carried from there."""
    mended = _mend_all(_Stage(locator, experiment, rights, experiment.sightings))
    if mended is None:
        return known
    misleading = locator.misleading() | (_names_of_others(mended.found, locator) - results)
    # What becomes right now was right from the student's own earlier values.
    after = mended.sightings.passed_as_in(experiment.sightings, right_places(mended.sightings, rights))
    # The later of these counts: what was proven by mending, before what has a right value, before what was carried.
    blamed = {item.name: item.place for item in mended.found}
    carried = locator.carried(after)
    # A part of an expression may have a step's right value by chance, before the mistakes are mended; or a mistake.
    wrong = set(blamed.values())
    kept = {
        name: place
        for name, place in known.places.items()
        if name not in carried or (locator.binds(place) and place not in wrong)
    }
    places = {**carried, **kept, **blamed}
    return Located(places, locator.trusted(misleading, results), mended.found, is_proven=True)


def _names_of_others(blamed: Sequence[Blamed], locator: Locator) -> set[str]:
    """Return the steps' names under which another step is to be mended."""
    return {name for item in blamed if (name := locator.name_at(item.place)) is not None and name != item.name}


def _mend_all(beginning: "_Stage") -> "_Stage | None":
    """Return the stage in which everything is right on every case, if there is one."""
    last = beginning.mending()
    if last is None:
        return None
    stage = _mended_from(beginning, last)
    if stage is None and last.mends_all:  # what seemed to be a mistake of its own came to nothing
        stage = beginning.after(last.blamed)
    return stage if stage is not None and stage.is_right else None


def _mended_from(stage: "_Stage", last: "_Mending | None") -> "_Stage | None":
    """Put right what mends, or what stands before it; then what is left."""
    while last is not None and len(stage.found) < _MOST_MISTAKES:
        after = stage.after(stage.further_up(last.blamed) or last.blamed)
        if after is None or after.is_right:
            return after
        stage, last = after, after.mending()
    return None


class _Mending(NamedTuple):
    """A place that mends some of the results that are left, or all."""

    blamed: Blamed
    mends_all: bool


class _Stage:
    """What is known once some mistakes are put right. `found`: these; `mended`: results that are right then."""

    def __init__(
        self,
        locator: Locator,
        experiment: Experiment,
        rights: Rights,
        sightings: Sightings,
        found: Sequence[Blamed] = (),
        runs: Sequence[Run] = (),
    ) -> None:
        self.found = found
        self.sightings = sightings
        self._after: dict[Blamed, _Stage | None] = {}
        results, cases = frozenset(experiment.results), experiment.cases
        right = experiment.right_on(runs, range(len(runs))) if runs else results - experiment.wrong
        wrong = results - right
        self.is_right = not wrong
        self._right = (
            experiment.right_on([runs[case] for case in cases], cases) if runs else results - experiment.failing
        )
        self._locator = locator
        self._experiment = experiment
        self._rights = rights
        self._suspects = locator.suspects(wrong)
        self._is_stopped = any(sightings.crash(case) is not None for case in sightings.cases)
        # A right value within an expression may be that of a step, or the beginning of a wrong one.
        self._missing = [name for name in locator.names if name in wrong or not locator.is_elsewhere(name)]

    def after(self, one_more: Blamed) -> "_Stage | None":
        """Return what is known once one more is put right; None where time is over."""
        if one_more not in self._after:
            self._after[one_more] = self._put_right(one_more)
        return self._after[one_more]

    def _put_right(self, one_more: Blamed) -> "_Stage | None":
        found = [*self.found, one_more]
        runs = self._experiment.observed_after(found)
        if not runs:
            return None
        sightings = Sightings(self.sightings.sites, runs)
        locator = self._locator.on(sightings, right_places(sightings, self._rights))
        return _Stage(locator, self._experiment, self._rights, sightings, found, runs)

    def mending(self) -> _Mending | None:
        """Return the first place that mends everything that is left, or else the first that mends something."""
        some: Blamed | None = None
        # One step's right value may stand for another's; the last such place is the one to mend.
        for places in (self._suspects, self._locator.right_bindings()[::-1]):
            # Values of the right size first: that of another size stands for a step only where nothing else mends.
            for fits in (self._has_size, self._is_statement):
                found = self._told_apart(list(self._tried(self._pairs(places, fits))))
                whole = [pair for pair, right in found if right == set(self._experiment.results)]
                proven = self._proven(whole)
                if proven is not None:
                    return _Mending(proven, mends_all=True)
                if places is self._suspects and found:
                    some = some or found[0][0]
        return None if some is None else _Mending(some, mends_all=False)

    def _told_apart(self, found: Sequence[tuple[Blamed, frozenset[str]]]) -> Sequence[tuple[Blamed, frozenset[str]]]:
        """Leave out, where the script stopped, what other numbers mend as well: to get past that is all they do."""
        if not self._is_stopped:
            return found
        cases = self._experiment.cases
        runs = self._experiment.ask([self._experiment.control(self.found, pair, cases) for pair, _ in found], cases)
        # Not strict: the trials that there was no time for are left out at the end.
        alike = {
            pair
            for (pair, right), own in zip(found, runs, strict=False)
            if len(own) == len(cases) and self._experiment.right_on(own, cases) >= right
        }
        return [each for each in found if each[0] not in alike]

    def _proven(self, pairs: Sequence[Blamed]) -> Blamed | None:
        """Return the first of the pairs that mends everything on all cases, not only on those tried first."""
        first = [self._where_filled(pairs), *pairs] if pairs else []
        likeliest = list(dict.fromkeys(first))[:_MOST_PROVEN]
        return next((pair for pair in likeliest if (after := self.after(pair)) is not None and after.is_right), None)

    def further_up(self, last: Blamed) -> Blamed | None:
        """Return the first mistake of its own before a place that mends: another step's right value comes of it."""
        places = self._statements_before(last)
        pairs = [pair for fits in (self._has_size, self._is_statement) for pair in self._pairs(places, fits)]
        pairs = pairs[:_MOST_LOOKS]
        known = self._steps_seen(self.sightings.on(self._experiment.cases)) if pairs else set()
        found = [
            pair
            for pair, runs in self._run(pairs, watched=None)
            if self._steps_seen(Sightings(self.sightings.sites, runs), but=pair) - known - {pair.name}
        ]
        # As the error is the target minus the output, the output is the target minus the error: where either leads on,
        # neither is known to be meant.
        open_places = {pair.place for pair in found if pair.name == last.name}
        return next((pair for pair in found if pair.place not in open_places), None)

    def _statements_before(self, last: Blamed) -> list[Place]:
        """Return the whole statements at which a mistake may stand that comes before another one."""
        before = self.sightings.order(last.place)
        places = sorted(
            {*self._suspects, *self._locator.copies()}, key=lambda place: (self.sightings.order(place), place)
        )
        earlier = [place for place in places if self.sightings.order(place) < before and self._locator.binds(place)]
        return [place for place in earlier if not self._is_in(place, last)]

    def _is_in(self, place: Place, last: Blamed) -> bool:
        """Tell whether a place is in the same statement as another one."""
        return self.sightings.statement_of(place.site) == self.sightings.statement_of(last.place.site)

    def _steps_seen(self, sightings: Sightings, but: Blamed | None = None) -> set[str]:
        """Return the steps whose right values are somewhere on the cases that are tried first, parts of lines too."""
        names = self._locator.names
        rights = [self._rights[case][: len(names)] for case in self._experiment.cases]
        return {
            names[number]
            for place, found in right_places(sightings, rights).items()
            if but is None or not self._is_in(place, but)
            for number in found
        }

    def _pairs(self, places: Sequence[Place], fits: Callable[[Blamed], bool]) -> list[Blamed]:
        every = (Blamed(name, place) for place in places for name in self._meant_by(place))
        return list(itertools.islice(filter(fits, every), _MOST_TRIALS))

    def _meant_by(self, place: Place) -> Sequence[str]:
        """Return the steps whose values may belong at a place: what nothing has, and what it may spoil."""
        meant = dict.fromkeys((*self._missing, *self._locator.steps_read(place)))
        # What has the right value already mends only by being another object than what is changed later.
        held = {name for name in meant if self._locator.has_value_of(name, place)} - self._experiment.misshapen.keys()
        return [name for name in meant if name not in held]

    def _tried(self, pairs: Sequence[Blamed]) -> Iterator[tuple[Blamed, frozenset[str]]]:
        """Yield the pairs that mend something and spoil nothing, each with all results that are right then."""
        for pair, runs in self._run(pairs):
            right = self._experiment.right_on(runs, self._experiment.cases)
            if right > self._right:
                yield pair, right

    def _run(
        self, pairs: Sequence[Blamed], watched: Sequence[int] | None = ()
    ) -> Iterator[tuple[Blamed, Sequence[Run]]]:
        """Yield the runs in which one more is put right, on the cases that are tried first."""
        cases = self._experiment.cases
        trials = [self._experiment.trial([*self.found, pair], cases, watched) for pair in pairs]
        # Not strict: the trials that there was no time for are left out at the end.
        asked = zip(pairs, self._experiment.ask(trials, cases) if trials else (), strict=False)
        return ((pair, runs) for pair, runs in asked if len(runs) == len(cases))

    def _where_filled(self, pairs: Sequence[Blamed]) -> Blamed:
        """Return where something is filled piece by piece, for a first statement that only makes room for it."""
        first, sites = pairs[0], self.sightings.sites
        name = sites[first.place.site].name
        filling = (
            other
            for other in pairs
            if other.name == first.name
            and (site := sites[other.place.site]).kind == "container"
            and site.name == name is not None
        )
        return next(filling, first)

    def _has_size(self, pair: Blamed) -> bool:
        values = self.sightings.values(pair.place)
        pairs = [(values[case], self._experiment.right[case][pair.name]) for case in self._experiment.cases]
        return all(not isinstance(value, str) and value.size == right.size for value, right in pairs)

    def _is_statement(self, pair: Blamed) -> bool:
        """Tell whether a value of another size, or none, may stand for a step: only that of a whole statement."""
        return self._locator.binds(pair.place) and not self._has_size(pair)
