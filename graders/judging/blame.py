"""Where a mistake stands: the places at which a right value, put in, makes right what follows.

The script is run again and again, each time with the right value of one step put in at one place. Where all wrong
results then come out right, the mistake is at this place or before it; the first such place in the order of execution
is the smallest expression that needs to be mended. What is called how plays no part in it.

Two mistakes have no such place in common. Then the first place that mends a result is blamed for that result.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from graders.inside.arrays import Array
from graders.judging.sightings import Place, Sightings
from graders.sandbox.observed import Put, Run, Trial

# Pairs are tried in the order of execution: what a long script loses by this bound is at its end.
_MOST_TRIALS = 300
_STATEMENTS = frozenset({"assign", "augmented", "container", "return"})

Ask = Callable[[Sequence[Trial], Sequence[int]], Sequence[Sequence[Run]]]
"""Runs trials on some of the observed cases, by their numbers; what there was no time for is left out."""


class Blamed(NamedTuple):
    """A place at which the value of a step is to be mended."""

    name: str
    place: Place


class Experiment(NamedTuple):
    """What trials need. `right`: on each observed case; `cases`: the numbers of the few that are tried first.

    `wrong`: results that are not right on some case; `failing`: not on those that are tried first.
    `is_right(result, case, value)` compares.
    """

    ask: Ask
    right: Sequence[Mapping[str, Array]]
    cases: Sequence[int]
    results: Sequence[str]
    failing: Set[str]
    wrong: Set[str]
    is_right: Callable[[str, int, Run], bool]

    def mended(self, runs: Sequence[Run], cases: Sequence[int]) -> frozenset[str] | None:
        """Return the wrong results that are right on all of the cases, or None if another one no longer is."""
        right = {
            name for name in self.results if all(self.is_right(name, *pair) for pair in zip(cases, runs, strict=True))
        }
        # What breaks a right result only moved the mistake.
        # On the few that are tried first, a result that is wrong elsewhere may be right without any mending.
        wrong = self.wrong if len(cases) == len(self.right) else self.failing
        return frozenset(right & wrong) if set(self.results) - wrong <= right else None

    def surely_mended(self, runs: Sequence[Run], cases: Sequence[int]) -> frozenset[str]:
        """Return the wrong results that are right on all of the cases; none where one of these was not run."""
        return (self.mended(runs, cases) or frozenset()) if len(runs) == len(cases) else frozenset()

    def about(self, names: Set[str]) -> "Experiment":
        """Return the same for some of the wrong results: the others may stay wrong."""
        left = [name for name in self.results if name in names or name not in self.wrong]
        return self._replace(results=left, failing=self.failing & names, wrong=self.wrong & names)

    def put(self, blamed: Blamed) -> Put:
        """Return what puts the right value in, on the cases that are tried first."""
        return self._put(blamed, self.cases)

    def _put(self, blamed: Blamed, cases: Sequence[int]) -> Put:
        values = [self.right[case][blamed.name] for case in cases]
        return Put(blamed.place.site, values, blamed.place.on_pass)

    def right_after(self, blamed: Sequence[Blamed]) -> frozenset[str]:
        """Return the results that are right on every case once all of these are put in."""
        cases = range(len(self.right))
        runs = self.ask([Trial([self._put(item, cases) for item in blamed])], cases)
        return frozenset(name for name in self.results if runs and self.is_right_on_all(name, runs[0]))

    def is_right_on_all(self, name: str, runs: Sequence[Run]) -> bool:
        """Tell whether a result is right on every case; not if there was no time for all."""
        return len(runs) == len(self.right) and all(self.is_right(name, *pair) for pair in enumerate(runs))

    def all_right(self, names: Sequence[str], trials: Sequence[Trial]) -> frozenset[str]:
        """Return the results that are right on every case of their own trial, each of the one in its place."""
        runs = self.ask(trials, range(len(self.right))) if trials else ()
        # Not strict: the trials that there was no time for are left out at the end.
        return frozenset(name for name, own in zip(names, runs, strict=False) if self.is_right_on_all(name, own))

    def put_result(self, number: int, name: str) -> Put:
        """Return what puts the right value of a result in where a line of `use` has assigned it, on every case."""
        return Put(-1 - number, [values[name] for values in self.right])

    def all_mended(
        self, blamed: Sequence[Blamed], cases: Sequence[int], *, watched: Sequence[int] | None = None
    ) -> tuple[frozenset[str] | None, Sequence[Run]]:
        """Put all of them in on some cases, and look at everything, or at some sites only."""
        runs = self.ask([Trial([self._put(item, cases) for item in blamed], watched=watched)], cases)
        if not runs or len(runs[0]) < len(cases):
            return None, ()
        return self.mended(runs[0], cases), runs[0]


def find_blamed(
    experiment: Experiment, sightings: Sightings, suspects: Sequence[Place], names: Sequence[str]
) -> tuple[list[Blamed], bool]:
    """Return as few places as explain all failing results, each the first that does, and whether one explains all.

    `suspects`: places that are not known to be right, in that order. `names`: the steps whose value may be wrong there.
    """
    mending: list[tuple[Blamed, frozenset[str]]] = []
    # Values of the right size first: that of another size stands for a step only where nothing else mends.
    for fits in (_has_size, _is_statement):
        every = itertools.product(suspects, names)
        pairs = (Blamed(name, place) for place, name in every if fits(experiment, sightings, place, name))
        found = list(_mending(experiment, list(itertools.islice(pairs, _MOST_TRIALS))))
        whole = [pair for pair, mended in found if mended == experiment.failing]
        if whole:
            equal = [other for other in whole if other.name == whole[0].name]
            return [_where_filled(whole[0], equal, sightings)], True
        mending += found
    return _first_for_each(experiment, mending), False


def _first_for_each(experiment: Experiment, mending: Sequence[tuple[Blamed, frozenset[str]]]) -> list[Blamed]:
    """Return for each result the first place that mends it."""
    first = {result: pair for pair, mended in reversed(mending) for result in mended}
    chosen = [first[result] for result in experiment.results if result in first]
    return list(dict.fromkeys(chosen))  # one place may mend several results


def _where_filled(blamed: Blamed, others: Sequence[Blamed], sightings: Sightings) -> Blamed:
    """Return where something is filled piece by piece, for the statement that only makes room for it."""
    name = sightings.sites[blamed.place.site].name
    filling = (
        other
        for other in others
        if (site := sightings.sites[other.place.site]).kind == "container" and site.name == name is not None
    )
    return next(filling, blamed)


def _mending(experiment: Experiment, pairs: Sequence[Blamed]) -> Iterator[tuple[Blamed, frozenset[str]]]:
    """Yield the pairs that mend something, each with the results that it mends."""
    trials = [Trial([experiment.put(pair)]) for pair in pairs]
    runs = experiment.ask(trials, experiment.cases) if trials else ()
    # Not strict: the trials that there was no time for are left out at the end.
    for pair, of_trial in zip(pairs, runs, strict=False):
        mended = experiment.mended(of_trial, experiment.cases) if len(of_trial) == len(experiment.cases) else None
        if mended:
            yield pair, mended


def _has_size(experiment: Experiment, sightings: Sightings, place: Place, name: str) -> bool:
    values = sightings.values(place)
    pairs = [(values[case], experiment.right[case][name]) for case in experiment.cases]
    return all(not isinstance(value, str) and value.size == right.size for value, right in pairs)


def _is_statement(experiment: Experiment, sightings: Sightings, place: Place, name: str) -> bool:
    """Tell whether a value of another size, or none at all, may stand for a step: only that of a whole statement."""
    is_whole = sightings.sites[place.site].kind in _STATEMENTS
    return is_whole and not _has_size(experiment, sightings, place, name)
