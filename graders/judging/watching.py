"""Runs of a submission in which every value is observed, or others are put in; all of it on cases of a diagnosis."""

import itertools
import math
import time
from collections.abc import Mapping, Sequence, Set

import numpy as np

from graders.errors import SandboxError
from graders.exercise.asked import Case, Exercise
from graders.inside.altered import Alteration, Altering
from graders.inside.arrays import Array
from graders.inside.layouts import Layout
from graders.inside.sites import Site
from graders.judging.blame import Experiment, Misshapen
from graders.judging.comparison import compare
from graders.judging.rules import USUAL, Rule
from graders.judging.sightings import Sightings
from graders.outcome import Verdict
from graders.sandbox.encoding import encode_diagnosing
from graders.sandbox.observed import Observed, Put, Run, Trial
from graders.sandbox.sandbox import Sandbox

_TRIED = 2
"""Cases on which a right value is put in at place after place; what mends these is then tried on all."""

# Steps that agree to so many decimals are the same for what is tried.
_DECIMALS = 9

# How much is tried is counted, in passes of loops and calls: a clock would find less on a busy machine. A run itself
# takes as long as so many passes do, and all that is tried some seconds.
_RUN_PASSES = 100
# Values and alterations have a share each: where the first find nothing, the others still may.
_VALUES_PASSES, _ALTERED_PASSES = 2_000_000, 8_000_000

# A safety net: the child stops by itself after so long, and what it has found until then arrives.
_LONGEST_S = 8.0


_Altered = tuple[Altering, tuple[int, ...], tuple[int, ...]]


class Watch:
    """Runs one submission, observed. `sites` and `runs`: all its places, and what they were on the cases."""

    def __init__(
        self, exercise: Exercise, job: bytes, sandbox: Sandbox, cases: Sequence[Case], deadline: float
    ) -> None:
        self.sites: Sequence[Site] = ()
        self.runs: Sequence[Run] = ()
        self._exercise = exercise
        self._job = job
        self._sandbox = sandbox
        self._cases = cases
        self._deadline = deadline
        self.is_cut_short = False
        """Whether a request was not answered: the submission ended or hung, with whatever was put in."""
        self._passes: Sequence[int] = ()
        self._altered_passes = 0
        self._left = {False: _VALUES_PASSES, True: _ALTERED_PASSES}
        self._described: dict[Altering, Observed] = {}
        self._altered: dict[_Altered, Sequence[Sequence[Run]]] = {}
        observed = self._ask([Trial(watched=None)], cases, describes=True)
        # All cases or none: what comes after looks at the same cases everywhere.
        if observed is not None and observed.runs and len(observed.runs[0]) == len(cases):
            self.sites, self.runs = observed.sites, observed.runs[0]
            self._passes = observed.passes

    def ask(self, trials: Sequence[Trial], numbers: Sequence[int]) -> Sequence[Sequence[Run]]:
        """Run trials on some of the cases; what there was no time for is left out."""
        affordable = self._affordable(trials, [self._passes[number] for number in numbers])
        return self._run(affordable, [self._cases[number] for number in numbers])

    def on(self, cases: Sequence[Case], trials: Sequence[Trial]) -> Sequence[Sequence[Run]]:
        """Run trials on other cases."""
        return self._run(self._affordable(trials, [max(self._passes)] * len(cases)), cases)

    def _run(self, trials: Sequence[Trial], cases: Sequence[Case]) -> Sequence[Sequence[Run]]:
        observed = self._ask(trials, cases, describes=False)
        return () if observed is None else observed.runs

    def alterations(self, altering: Altering) -> Sequence[Alteration]:
        """Return what can be altered in the script."""
        observed = self._described.get(altering)
        observed = observed or self._ask([Trial()], self._cases[:1], describes=True, altering=altering)
        if observed is None:
            return ()
        self._described[altering] = observed
        self._altered_passes = observed.passes[0]
        return observed.alterations

    def altered(
        self, altering: Altering, numbers: Sequence[int], cases: Sequence[int], puts: Sequence[Put] = ()
    ) -> Sequence[Sequence[Run]]:
        """Run with one alteration after the other; what there was no time for is left out. `puts`: in each of them.

        Who looks for the next mistake asks the same again; without values put in, what came of it is known.
        """
        known = self._altered.get((altering, tuple(numbers), tuple(cases)))
        if known is not None and not puts:
            return known
        on = [self._cases[case] for case in cases]
        wanted = [Trial(puts, altered=number) for number in numbers]
        trials = self._affordable(wanted, self._passes_of_altered(cases), are_altered=True)
        observed = self._ask(trials, on, describes=False, altering=altering)
        if observed is None:
            return ()
        if not puts:
            self._altered[altering, tuple(numbers), tuple(cases)] = observed.runs
        return observed.runs

    def spelled_out(self, altering: Altering, number: int) -> Alteration | None:
        """Return an alteration with what it makes of the statement's expression; of moved statements there is none."""
        return next(iter(self.alterations(altering._replace(spelled=number))), None)

    def altered_on(self, cases: Sequence[Case], altering: Altering, number: int) -> Sequence[Run]:
        """Run with one alteration on other cases; nothing where there was no time for it."""
        observed = self._ask([Trial(altered=number)], cases, describes=False, altering=altering)
        return observed.runs[0] if observed is not None and observed.runs else ()

    def _passes_of_altered(self, cases: Sequence[int]) -> list[int]:
        """Return how much an altered program does on each case, as far as that is known from the first one."""
        share = self._altered_passes / max(1, self._passes[0])
        return [round(share * self._passes[case]) for case in cases]

    def _affordable(
        self, trials: Sequence[Trial], passes: Sequence[int], *, are_altered: bool = False
    ) -> Sequence[Trial]:
        """Return the first trials, as many as there is something left for; `passes`: of a run on each case."""
        cost = sum(_RUN_PASSES + each for each in passes)
        kept = trials[: max(0, self._left[are_altered] // cost)]
        self._left[are_altered] -= cost * len(kept)
        return kept

    def experiment(
        self,
        right: Sequence[Mapping[str, Array]],
        results: Sequence[str],
        layouts: Mapping[str, Sequence[Layout]],
        rules: Mapping[str, Rule],
        sightings: Sightings,
    ) -> Experiment:
        """Return what is needed to find out what mends the results."""

        def verdict(name: str, case: int, run: Run) -> Verdict:
            value = run.results.get(name, "missing")
            return compare(right[case][name], value, layouts.get(name, ()), rules.get(name, USUAL)).verdict

        def is_right(name: str, case: int, run: Run) -> bool:
            # What stops the script before it spoils a result is no mending.
            is_stopped = run.crash is not None and self.runs[case].crash is None
            return not is_stopped and verdict(name, case, run) is Verdict.CORRECT

        verdicts = [{name: verdict(name, *pair) for name in results} for pair in enumerate(self.runs)]
        # Where the most results fail there is the most to mend; where all are right, a trial tells nothing.
        failing = [frozenset(name for name in results if found[name] is not Verdict.CORRECT) for found in verdicts]
        tried = self._most_telling(failing, right)
        return Experiment(
            ask=self.ask,
            right=right,
            cases=tried,
            results=results,
            failing=frozenset().union(*(failing[case] for case in tried)),
            wrong=frozenset().union(*failing),
            given=frozenset(filter(self._is_given, results)),
            is_right=is_right,
            sightings=sightings,
            misshapen=self._misshapen(verdicts, right, layouts),
            right_before=[frozenset(results) - found for found in failing],
        )

    def _is_given(self, name: str) -> bool:
        """Tell whether a result has numbers on every case."""
        return not any(isinstance(run.results.get(name, "missing"), str) for run in self.runs)

    def _most_telling(self, failing: Sequence[Set[str]], right: Sequence[Mapping[str, Array]]) -> list[int]:
        """Return the few cases that are tried first."""
        # A case that makes two steps equal but for the sign says nothing of which one belongs where.
        told = [_told_apart(values) for values in right]
        ranked = sorted(range(len(failing)), key=lambda case: (-len(failing[case]), -told[case], *self._size(case)))
        return sorted(ranked[:_TRIED])  # in the order of the cases, as replies are

    def _misshapen(
        self,
        verdicts: Sequence[Mapping[str, Verdict]],
        right: Sequence[Mapping[str, Array]],
        layouts: Mapping[str, Sequence[Layout]],
    ) -> Mapping[str, Misshapen]:
        """Return the results that have another shape than they may have, on some case."""
        turned = (name for found in verdicts for name, verdict in found.items() if verdict is Verdict.WRONG_SHAPE)
        forms: dict[str, Misshapen] = {}
        for name in dict.fromkeys(turned):
            first = next(iter(layouts.get(name, ())), None)
            wanted = [values[name] if first is None else first.arrange(values[name]) for values in right]
            forms[name] = Misshapen([run.results.get(name, "missing") for run in self.runs], wanted)
        return forms

    def lose(self) -> None:
        """Take note that something was asked in vain, here or in another process of the submission."""
        self.is_cut_short = True

    def _size(self, case: int) -> tuple[bool, bool, int]:
        """Order cases: those in which lengths differ come first, so that a turned array can be told, and small ones.

        Before them those without a length of 1, where a sum is what is summed.
        """
        shapes = [value.shape for value in self._cases[case].values()]
        lengths = {length for shape in shapes for length in shape}
        is_ambiguous = any(len(shape) > 1 and len(set(shape)) == 1 for shape in shapes) or len(lengths - {1}) < 2
        return 1 in lengths, is_ambiguous, sum(math.prod(shape) for shape in shapes)

    def _ask(
        self, trials: Sequence[Trial], cases: Sequence[Case], *, describes: bool, altering: Altering | None = None
    ) -> Observed | None:
        left_s = self._deadline - time.monotonic()
        if not trials:
            return None
        request = encode_diagnosing(
            self._exercise,
            cases,
            trials,
            seconds=min(left_s, _LONGEST_S),
            describes=describes,
            altering=altering,
        )
        observed = self._answer(request, len(cases), left_s) if left_s > 0 else None
        self.is_cut_short = self.is_cut_short or observed is None
        return observed

    def _answer(self, request: bytes, cases: int, left_s: float) -> Observed | None:
        # A submission that stops answering is graded all the same; only less is said about it.
        try:
            return self._sandbox.ask(self._job, request, cases=cases, wall_s=left_s).reply.observed
        except SandboxError:
            return None


def _told_apart(values: Mapping[str, Array]) -> int:
    """Return how many of the values are told apart by their size, be their sign what it may."""
    # All numbers at once: a call for each value of each case would cost more than all else that is asked here.
    numbers = np.round(abs(np.concatenate([value.ravel() for value in values.values()])), _DECIMALS)
    ends = itertools.accumulate(value.nbytes for value in values.values())
    written = numbers.tobytes()
    return len({written[first:end] for first, end in itertools.pairwise([0, *ends])})
