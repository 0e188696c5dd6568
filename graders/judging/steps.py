"""Each step, with the error carried forward: is it right, given what the student had before?

A step is right if it has the right value on every case, or the value that the reference's formula gives from the
student's own earlier values on every case. Without the second, a third of right steps would be called wrong.

On each case a `_Path` goes through the steps and keeps the values to go on from; then the cases are put together. What
is learnt by mending afterwards takes blame away, and never adds any.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from graders.exercise.calculation import names_of
from graders.inside.arrays import Array
from graders.judging.comparison import Value
from graders.judging.evidence import Evidence, Observation
from graders.judging.stops import fault_verdict, is_past
from graders.outcome import Kind, Verdict, first_in_precedence
from graders.sandbox.reply import FaultClaim

_MOST_ELEMENTS = 256
"""Of a student's value to go on from; larger ones, multiplied with each other, would fill the grader's own memory.

Nor does one go on from an empty value: numpy warns of its mean, and that cannot be silenced for one thread alone.
"""


class Judgement(NamedTuple):
    """A step's verdict; `earlier`: on each case the values its formula was given (None: it was not reached).

    `unjudged`: what it is said to be where the fixed example has no value of it; students know no other example.
    `follows`: it is not by its formula that it is known to come from a mistake elsewhere.
    """

    name: str
    verdict: Verdict
    earlier: Sequence[Mapping[str, Value] | None]
    unjudged: Verdict | None
    follows: bool = False

    @property
    def is_wrong(self) -> bool:
        """Tell whether this step is one to mend."""
        return self.verdict.is_wrong


class _Pair(NamedTuple):
    """A step on one case: `carried` is None where the formula cannot be evaluated on the student's values."""

    absolute: Verdict
    carried: Verdict | None


def judge_steps(evidence: Evidence, steps: Sequence[str], results: Sequence[str]) -> list[Judgement]:
    """Judge the steps and the author's own lines in order. What the student folded into others is left out.

    `steps`: all names in the reference's order, in which each is computed from those before it.
    """
    paths = [_Path(evidence, observation) for observation in evidence.observations]
    judgements = []
    for name in steps:
        absolute = evidence.verdicts(name)
        judgement = _judge_step(name, absolute, paths)
        # A name that is nowhere may be folded into another step, which is right then; an open TODO is not.
        if judgement.verdict is not Verdict.MISSING or name in results or evidence.is_open(name):
            judgements.append(judgement)
        # Only now: the formula of a step must not be given the step's own value.
        for path, verdict in zip(paths, absolute, strict=True):
            path.go_on(name, verdict)
    return judgements


def _judge_step(name: str, absolute: Sequence[Verdict], paths: Sequence["_Path"]) -> Judgement:
    """Judge a step on every case; `absolute`: its comparisons with the right values."""
    pairs = [path.judge(name, verdict) for path, verdict in zip(paths, absolute, strict=True)]
    # Copied, because the paths go on from here.
    earlier = [None if pair is None else dict(path.known) for path, pair in zip(paths, pairs, strict=True)]
    verdict = _together([pair for pair in pairs if pair is not None])
    unjudged = paths[0].unjudged(name, pairs[0])
    # What the fixed example does not get to is neither praised nor blamed for what it is on others.
    is_praise = verdict in (Verdict.CORRECT, Verdict.CORRECT_FROM_EARLIER_MISTAKE)
    is_open = is_praise or (pairs[0] is None and verdict is not Verdict.MISSING)
    return Judgement(name, (is_open and unjudged) or verdict, earlier, unjudged)


def without_mended(
    judgements: Sequence[Judgement], mended: Sequence[tuple[Set[str], str | None]], results: Collection[str]
) -> list[Judgement]:
    """Leave the blame with one step for each place that mends results: see `mending`.

    `mended`: for each place the results it mends, and the step that stands there. A step that is no result is wrong
    only there; elsewhere nothing is known of it but that its value is another one.
    """
    wrong = [item.name for item in judgements if item.is_wrong]
    blamed: set[str] = set()
    carried: set[str] = set()
    for names, step in mended:
        own = [name for name in wrong if name in names]
        blamed |= {step} if step in wrong else set(own[:1])
        carried |= set(own)
    inner = set(wrong) - set(results) - blamed
    if carried >= set(wrong) & set(results):  # every wrong result is explained, and with it what leads there
        carried |= inner
    return as_carried(as_unknown(judgements, inner - carried), carried - blamed)


def without_own_numbers(
    judgements: Sequence[Judgement], evidence: Evidence, givens: Set[str], is_known: Callable[[Judgement], bool]
) -> list[Judgement]:
    """Take the blame from what may differ only because a script has other numbers for some givens.

    `givens`: those that are not known to be the lesson's. `is_known`: tells whether a wrong step's mistake is.
    """
    numeric = (Verdict.WRONG_VALUE, Verdict.WRONG_SHAPE, Verdict.NOT_FINITE)
    wrong = [item for item in judgements if item.verdict in numeric and _works_with(givens, item.name, evidence)]
    return as_unknown(judgements, {item.name for item in wrong if not is_known(item)})


def _works_with(givens: Set[str], name: str, evidence: Evidence) -> bool:
    """Tell whether the value that a step is compared with comes from one of these givens, not by the student's own."""
    if evidence.reference.whole is not None:
        return True
    read = names_of(evidence.reference.formulas[name].source)
    actual = evidence.observations[0].actual
    computed = (other for other in read & evidence.reference.formulas.keys() if isinstance(actual.get(other, ""), str))
    return bool(read & givens) or any(_works_with(givens, other, evidence) for other in computed)


def as_unknown(judgements: Sequence[Judgement], names: Set[str]) -> list[Judgement]:
    """Return the judgements, with the steps of which it cannot be told called so."""
    return [item._replace(verdict=Verdict.NOT_EVALUATED) if item.name in names else item for item in judgements]


def as_carried(judgements: Sequence[Judgement], carried: Set[str]) -> list[Judgement]:
    """Return the judgements, with the steps that are right from the student's own earlier values called so."""
    return [
        item._replace(verdict=_consequence(item), follows=True) if item.name in carried else item for item in judgements
    ]


def _consequence(item: Judgement) -> Verdict:
    # What has no value although it was reached, such as a TODO that is None, cannot be judged.
    is_open = item.verdict is Verdict.MISSING
    return item.unjudged or (Verdict.NOT_EVALUATED if is_open else Verdict.CORRECT_FROM_EARLIER_MISTAKE)


class _Path:
    """The student's way through the steps on one case; `known`: the values to go on from."""

    def __init__(self, evidence: Evidence, observation: Observation) -> None:
        self.known = dict[str, Value](observation.case)
        self._evidence = evidence
        self._observation = observation
        self._stopped = False
        self._is_open = False
        self._off: set[str] = set()
        """Names whose known values are not the right ones."""

    def judge(self, name: str, absolute: Verdict) -> _Pair | None:
        """Judge a step whose comparison with the right value is given; None if the script had stopped before it."""
        amid = self._evidence.raised_amid(name, self._observation.fault)
        # What has all its numbers may have stopped the script on one pass too many.
        if absolute is Verdict.CORRECT and (amid is None or self._observation.stopped_at != name):
            return _Pair(absolute, absolute)
        if amid is not None:  # what it is so far says nothing
            is_own = not self._stopped and self._observation.stopped_at in (None, name)
            return self._stop(amid) if is_own else None
        if isinstance(actual := self._actual(name), str):
            return self._judge_word(name, actual, absolute)
        return _Pair(absolute, self._carried(name, absolute))

    def _judge_word(self, name: str, actual: str, absolute: Verdict) -> _Pair | None:
        """Judge a step that has no numbers; `actual`: what there is instead."""
        if self._evidence.is_given_as_none(name, actual):
            return _Pair(Verdict.MISSING, None)
        if self._stopped:
            return None
        if actual in ("missing", "none") and self._observation.fault is not None:
            return self._judge_stopped(name, actual, self._observation.fault)
        # What is raised where a TODO is open may come of its None.
        is_known = not self._is_open or absolute is not Verdict.EXCEPTION
        return _Pair(absolute, self._carried(name, absolute) if is_known else None)

    def unjudged(self, name: str, pair: _Pair | None) -> Verdict | None:
        """Return what a step is said to be that has no last value on this case because something was raised, if so."""
        fault = self._observation.fault
        # A sum that had only begun has a value, which is not its last one.
        goes_on = pair is None or pair.absolute.kind is Kind.STOPPED or self._evidence.goes_on(name, fault)
        if not goes_on or (pair is not None and pair.absolute in (Verdict.CORRECT, Verdict.MISSING)):
            return None
        # A line of `use` is the author's, and raises for what it is given: the script itself did not stop.
        is_ours = fault is not None and fault.line is None and self._evidence.reference.whole is not None
        return Verdict.NOT_EVALUATED if is_ours else Verdict.NOT_REACHED

    def _judge_stopped(self, name: str, word: str, fault: FaultClaim) -> _Pair:
        """Judge a step without a value where the script raised something: the fault is its own, if none came before."""
        seen = self._observation
        was_run = seen.stopped_at not in (None, name) or is_past(self._evidence.settled.get(name, ()), fault)
        # What nothing gives a value, an open TODO, or what is folded into a later step.
        is_open = was_run if word == "none" else self._is_folded(name)
        return _Pair(Verdict.MISSING, None) if is_open or seen.unwritten == name else self._stop(fault)

    def _stop(self, fault: FaultClaim) -> _Pair:
        """Judge the step in which the script stopped."""
        self._stopped = True
        verdict = fault_verdict(fault)
        return _Pair(verdict, verdict)

    def go_on(self, name: str, absolute: Verdict) -> None:
        """Take the value that later formulas are given: the student's, or else what the formula gives."""
        actual, right = self._actual(name), self._observation.right[name]
        self._is_open |= isinstance(actual, str) and actual == "none"
        is_small = not isinstance(actual, str) and 0 < actual.size <= _MOST_ELEMENTS
        if not isinstance(actual, str) and (is_small or absolute is Verdict.CORRECT):
            self.known[name] = self._evidence.in_reference_shape(name, right, actual)
            is_off = absolute is not Verdict.CORRECT
        else:
            # A step without a value must not hide those after it: they are judged as if it were done.
            self.known[name] = next(self._carry(name), right)
            is_off = not self._has_right_inputs(name)
        if is_off:
            self._off.add(name)

    def _actual(self, name: str) -> Value:
        return self._observation.actual.get(name, "missing")

    def _is_folded(self, name: str) -> bool:
        """Tell whether a later step was reached."""
        names = list(self._evidence.reference.formulas)
        later = names[names.index(name) + 1 :]
        if self._observation.stopped_at is not None:
            return self._observation.stopped_at in later
        return any(not isinstance(self._observation.actual.get(other, ""), str) for other in later)

    def _carried(self, name: str, absolute: Verdict) -> Verdict | None:
        """Return the verdict against the values carried forward, the first of which counts if none is the student's."""
        first = None
        for value in self._carry(name):
            verdict = self._against(name, value)
            if verdict is Verdict.CORRECT:
                return verdict
            first = first or verdict
        if first is None and self._has_right_inputs(name):
            return absolute  # what the formula gives from right values is known without evaluating it
        # From an earlier value of another shape the formula gives another shape; the student's own one may be right.
        return absolute if first is Verdict.WRONG_SHAPE else first

    def _carry(self, name: str) -> Iterator[Array]:
        """Yield what each right form of the formula gives from the known values, where it can be evaluated."""
        reference = self._evidence.reference
        for code in reference.formulas[name].codes:
            value = reference.evaluate(code, self.known)
            if value is not None:
                yield value

    def _against(self, name: str, carried: Array) -> Verdict:
        """Compare with a value carried forward, which may hold NaN or infinity from an earlier mistake."""
        actual = self._actual(name)
        # NaN equals nothing, so a comparison by distance would call right steps after it wrong.
        if np.isfinite(carried).all() or isinstance(actual, str):
            return self._evidence.verdict(name, carried, actual)
        same = np.array_equal(carried.ravel(), actual.ravel(), equal_nan=True)
        return Verdict.CORRECT if same else Verdict.NOT_FINITE

    def _has_right_inputs(self, name: str) -> bool:
        return not self._off & names_of(self._evidence.reference.formulas[name].source)


def _together(pairs: Sequence[_Pair]) -> Verdict:
    """Return one verdict for all cases: right absolutely, or carried forward, in the same way on each."""
    if not pairs:
        return Verdict.NOT_REACHED
    absolute = {pair.absolute for pair in pairs}
    if absolute == {Verdict.CORRECT}:
        return Verdict.CORRECT
    evaluated = [pair.carried for pair in pairs if pair.carried is not None]
    if absolute == {Verdict.MISSING} and not evaluated:
        return Verdict.MISSING
    wrong = set(evaluated) - {Verdict.CORRECT}
    if wrong:
        return _of_all(wrong, pairs[0])
    # right where it can be told, which is not known to hold where it cannot
    return Verdict.CORRECT_FROM_EARLIER_MISTAKE if len(evaluated) == len(pairs) else Verdict.NOT_EVALUATED


def _of_all(wrong: Set[Verdict], first: _Pair) -> Verdict:
    # The lesson's case comes first: where there is a value, it is not told by what stops on other cases only.
    if first.carried is not None and first.carried.kind is Kind.WRONG:
        wrong = {verdict for verdict in wrong if verdict.kind is Kind.WRONG}
    # What is infinite on some cases only is wrong on all.
    if wrong == {Verdict.WRONG_VALUE, Verdict.NOT_FINITE}:
        return next((verdict for verdict in wrong if verdict is first.carried), Verdict.WRONG_VALUE)
    return first_in_precedence(list(wrong))
