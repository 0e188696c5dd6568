"""What the script itself is asked: are the results right once a right value is put in at some place?

The script is run again and again, each time with the right value of one step or of several put in. What is called how
plays no part in it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import NamedTuple

from graders.inside.arrays import Array
from graders.judging.comparison import Value, are_same
from graders.judging.rules import ABSOLUTE
from graders.judging.sightings import Place, Sightings, has_numbers
from graders.sandbox.observed import Put, Run, Trial

Ask = Callable[[Sequence[Trial], Sequence[int]], Sequence[Sequence[Run]]]
"""Runs trials on some of the observed cases, by their numbers; what there was no time for is left out."""


class Blamed(NamedTuple):
    """A place at which the value of a step is to be mended."""

    name: str
    place: Place


class Misshapen(NamedTuple):
    """What a result was that has another shape than it may have, and what it should be, on each case."""

    actual: Sequence[Value]
    right: Sequence[Array]


class Experiment(NamedTuple):
    """What trials need. `right`: on each observed case; `cases`: the numbers of the few that are tried first.

    `wrong`: results that are not right on some case; `failing`: not on those that are tried first.
    `given`: results that have numbers on every case. `is_right(result, case, value)` compares. `sightings`: what all
    places are. `misshapen`: by name, such results. `right_before`: those that are right, on each case.
    """

    ask: Ask
    right: Sequence[Mapping[str, Array]]
    cases: Sequence[int]
    results: Sequence[str]
    failing: Set[str]
    wrong: Set[str]
    given: Set[str]
    is_right: Callable[[str, int, Run], bool]
    sightings: Sightings
    misshapen: Mapping[str, Misshapen]
    right_before: Sequence[Set[str]]

    def right_on(self, runs: Sequence[Run], cases: Sequence[int]) -> frozenset[str]:
        """Return the results that are right on all of the cases."""
        pairs = list(zip(cases, runs, strict=True))
        return frozenset(name for name in self.results if all(self.is_right(name, *pair) for pair in pairs))

    def surely_mended(self, runs: Sequence[Run], cases: Sequence[int]) -> frozenset[str]:
        """Return the wrong results that are right on all of the cases.

        None where one of these was not run, or where a right result no longer is: what breaks one only moved the
        mistake.
        """
        if len(runs) != len(cases) or self._loses_a_result(runs):
            return frozenset()
        right = self.right_on(runs, cases)
        # On the few that are tried first, a result that is wrong elsewhere may be right without any mending.
        wrong = self.wrong if len(cases) == len(self.right) else self.failing
        return frozenset(right & wrong) if set(self.results) - wrong <= right else frozenset()

    def spoils(self, runs: Sequence[Run]) -> bool:
        """Tell whether a result is wrong on one of all cases where it was right before, be it wrong on others."""
        pairs = enumerate(zip(runs, self.right_before, strict=True))
        return any(not self.is_right(name, case, run) for case, (run, before) in pairs for name in before)

    def tell_apart(self, names: Set[str]) -> bool:
        """Tell whether one of these results is not all zeros: those come out of much that is not meant."""
        return any((abs(values[name]) > ABSOLUTE).any() for values in self.right for name in names)

    def _loses_a_result(self, runs: Sequence[Run]) -> bool:
        """Tell whether a result has no numbers any more: what stops a function mends nothing that it had spoilt."""
        return any(isinstance(run.results.get(name, "missing"), str) for run in runs for name in self.given)

    def about(self, names: Set[str]) -> "Experiment":
        """Return the same for some of the wrong results: the others may stay wrong."""
        left = [name for name in self.results if name in names or name not in self.wrong]
        return self._replace(results=left, failing=self.failing & names, wrong=self.wrong & names)

    def trial(self, blamed: Sequence[Blamed], cases: Sequence[int], watched: Sequence[int] | None = ()) -> Trial:
        """Return the trial in which all of these are put right, on some cases."""
        return Trial([self._put(item, cases) for item in blamed], watched)

    def control(self, blamed: Sequence[Blamed], last: Blamed, cases: Sequence[int]) -> Trial:
        """Return the trial in which all of these are put right, and the last has other numbers than the right ones."""
        put = self._put(last, cases)
        others = [None if value is None else value + 1.0 for value in put.values]
        return Trial([*self.trial(blamed, cases).puts, put._replace(values=others)], ())

    def _put(self, blamed: Blamed, cases: Sequence[int]) -> Put:
        misshapen = self.misshapen.get(blamed.name)
        if misshapen is not None and are_same(self.sightings.values(blamed.place), misshapen.actual):
            values = [misshapen.right[case] for case in cases]
            return Put(blamed.place.site, values, blamed.place.on_pass, keeps_shape=True)
        values = [self.right[case][blamed.name] for case in cases]
        return Put(blamed.place.site, values, blamed.place.on_pass, keeps_shape=not self._has_size(blamed))

    def _has_size(self, blamed: Blamed) -> bool:
        """Tell whether as many numbers stand there as should, on every case: a sum may have the right size on one."""
        pairs = zip(self.sightings.values(blamed.place), self.right, strict=True)
        return all(isinstance(value, str) or value.size == right[blamed.name].size for value, right in pairs)

    def right_after(self, blamed: Sequence[Blamed]) -> frozenset[str]:
        """Return the results that are right on every case once all of these are put in."""
        cases = range(len(self.right))
        runs = self.ask([self.trial(blamed, cases)], cases)
        return frozenset(name for name in self.results if runs and self.is_right_on_all(name, runs[0]))

    def is_right_on_all(self, name: str, runs: Sequence[Run]) -> bool:
        """Tell whether a result is right on every case; not if there was no time for all."""
        return len(runs) == len(self.right) and all(self.is_right(name, *pair) for pair in enumerate(runs))

    def all_right(self, names: Sequence[str], trials: Sequence[Trial]) -> frozenset[str]:
        """Return the results that are right on every case of their own trial, each of the one in its place."""
        runs = self.ask(trials, range(len(self.right))) if trials else ()
        # Not strict: the trials that there was no time for are left out at the end.
        return frozenset(name for name, own in zip(names, runs, strict=False) if self.is_right_on_all(name, own))

    def stops_at(self, sites: Collection[int], puts: Callable[[Sequence[int]], Sequence[Put]]) -> bool:
        """Tell whether statements still raise something once values are put in: to get past that mends nothing."""
        cases = range(len(self.right))
        runs = self.ask([Trial(puts(cases))], cases)
        crashes = [run.crash.site for own in runs for run in own if run.crash is not None]
        return any(site is not None and self.sightings.statement_of(site) in sites for site in crashes)

    def is_mended_beside(self, puts: Callable[[Sequence[int]], Sequence[Put]]) -> bool:
        """Tell whether values that are put in make every failing result right, on the few cases.

        Or would, if it were only handed on: where what is put in is a result itself, to drop all else mends it.
        """
        put = puts(self.cases)
        runs = self.ask([Trial(put)], self.cases)
        left = self.failing - self.surely_mended(runs[0], self.cases) if runs else ()
        return bool(runs) and (not left or any(self._is_put_in(name, each) for name in left for each in put))

    def _is_put_in(self, name: str, put: Put) -> bool:
        pairs = zip(self.cases, put.values, strict=True)
        return all(value is not None and has_numbers(value, self.right[case][name]) for case, value in pairs)

    def put_result(self, number: int, name: str) -> Put:
        """Return what puts the right value of a result in where a line of `use` has assigned it, on every case."""
        return Put(-1 - number, [values[name] for values in self.right])

    def observed_after(self, blamed: Sequence[Blamed], watched: Sequence[int] | None = None) -> Sequence[Run]:
        """Put all of them in on every case; return no run if there was no time for all.

        `watched`: the sites that are looked at, everything where none are named.
        """
        cases = range(len(self.right))
        runs = self.ask([self.trial(blamed, cases, watched)], cases)
        return runs[0] if runs and len(runs[0]) == len(cases) else ()
