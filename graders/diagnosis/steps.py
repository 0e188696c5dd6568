"""Each step, with the error carried forward: is it right, given what the student had before?

A step is right if it has the right value on every network, or the value that the reference's formula gives from the
student's own earlier values on every network. Without the second, a third of right steps would be called wrong.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from graders.diagnosis.evidence import Evidence, Observation, Value
from graders.exercise import Array
from graders.judging import fault_verdict
from graders.outcome import Verdict, first_in_precedence


class Judgement(Struct, frozen=True, eq=False):
    """A step's verdict; `earlier`: on each network the values its formula was given (None: it was not reached)."""

    name: str
    verdict: Verdict
    earlier: Sequence[Mapping[str, Value] | None]

    @property
    def is_wrong(self) -> bool:
        """Tell whether this step is one to mend."""
        return self.verdict.is_wrong


def judge_steps(evidence: Evidence, steps: Sequence[str], results: Sequence[str]) -> list[Judgement]:
    """Judge the forward pass and the steps in order. What the student folded into others is left out.

    `steps`: all names in the reference's order, those of the forward pass first.
    """
    known = [dict[str, Value](observation.network) for observation in evidence.observations]
    judgements = []
    stopped = [False] * len(known)
    for name in steps:
        if evidence.is_right(name):
            judgements.append(Judgement(name, Verdict.CORRECT, [dict(values) for values in known]))
            for observation, values in zip(evidence.observations, known, strict=True):
                values[name] = observation.actual[name]
            continue
        verdicts = [
            _judge(evidence, name, observation, values, stopped, index)
            for index, (observation, values) in enumerate(zip(evidence.observations, known, strict=True))
        ]
        earlier = [None if verdict is None else dict(values) for verdict, values in zip(verdicts, known, strict=True)]
        judgement = Judgement(name, _together([verdict for verdict in verdicts if verdict is not None]), earlier)
        if judgement.verdict is not Verdict.MISSING or name in results or _is_still_none(evidence, name):
            judgements.append(judgement)
        for observation, values in zip(evidence.observations, known, strict=True):
            values[name] = _go_on_with(evidence, name, observation, values)
    return judgements


def _is_still_none(evidence: Evidence, name: str) -> bool:
    words = [value for each in evidence.observations if isinstance(value := each.actual.get(name), str)]
    return "none" in words


_MOST_ELEMENTS = 256
"""Of a student's value to go on from; larger ones, multiplied with each other, would fill the grader's own memory.

Nor does one go on from an empty value: numpy warns of its mean, and that cannot be silenced for one thread alone.
"""

_Pair = tuple[Verdict, Verdict | None]
"""The verdict against the right value, and against the value carried forward (None: it could not be evaluated)."""


def _judge(
    evidence: Evidence,
    name: str,
    observation: Observation,
    known: Mapping[str, Value],
    stopped: list[bool],
    index: int,
) -> _Pair | None:
    """Judge one step on one network; None if the script had stopped before it was assigned."""
    actual = observation.actual.get(name, "missing")
    if stopped[index] and isinstance(actual, str):
        return None
    if isinstance(actual, str) and actual in ("missing", "none") and observation.fault is not None:
        later = _later_names(evidence, name)
        if actual == "missing" and any(not isinstance(observation.actual.get(other, ""), str) for other in later):
            return Verdict.MISSING, None  # folded into a later step that was reached
        stopped[index] = True
        verdict = fault_verdict(observation.fault)
        return verdict, verdict
    absolute = evidence.verdict(name, observation.right[name], actual)
    if absolute is Verdict.CORRECT:
        return absolute, absolute
    first: Verdict | None = None
    for value in carry(evidence, name, known):
        carried = _against(evidence, name, value, actual)
        if carried is Verdict.CORRECT:
            return absolute, carried
        first = first or carried
    return absolute, first


def _against(evidence: Evidence, name: str, carried: Array, actual: Value) -> Verdict:
    """Compare with a value carried forward, which may hold NaN or infinity from an earlier mistake."""
    if np.isfinite(carried).all() or isinstance(actual, str):
        return evidence.verdict(name, carried, actual)
    same = np.array_equal(carried.ravel(), actual.ravel(), equal_nan=True)
    return Verdict.CORRECT if same else Verdict.NOT_FINITE


def _later_names(evidence: Evidence, name: str) -> list[str]:
    names = list(evidence.reference.formulas)
    return names[names.index(name) + 1 :]


def carry(evidence: Evidence, name: str, known: Mapping[str, Value]) -> Iterator[Array]:
    """Yield what each right form of the formula gives from the student's earlier values, where it can be evaluated."""
    for code in evidence.reference.formulas[name].codes:
        value = evidence.reference.evaluate(code, known)
        if value is not None:
            yield value


def _together(pairs: Sequence[_Pair]) -> Verdict:
    """Return one verdict for all networks: right absolutely, or carried forward, in the same way on each."""
    if not pairs:
        return Verdict.NOT_REACHED
    absolute = [pair[0] for pair in pairs]
    if all(verdict is Verdict.CORRECT for verdict in absolute):
        return Verdict.CORRECT
    carried = [pair[1] for pair in pairs]
    if all(verdict is Verdict.CORRECT for verdict in carried):
        return Verdict.CORRECT_FROM_EARLIER_MISTAKE
    evaluated = [verdict for verdict in carried if verdict is not None]
    if not evaluated:
        missing = all(verdict is Verdict.MISSING for verdict in absolute)
        return Verdict.MISSING if missing else Verdict.NOT_EVALUATED
    wrong = [verdict for verdict in evaluated if verdict is not Verdict.CORRECT]
    return first_in_precedence(wrong) if wrong else Verdict.CORRECT_FROM_EARLIER_MISTAKE


def _go_on_with(evidence: Evidence, name: str, observation: Observation, known: Mapping[str, Value]) -> Value:
    """Return the value later formulas are given: the student's, or what the formula gives where there is none."""
    actual = observation.actual.get(name, "missing")
    right = observation.right[name]
    if not isinstance(actual, str) and 0 < actual.size <= _MOST_ELEMENTS:
        return evidence.in_reference_shape(name, right, actual)
    return next(carry(evidence, name, known), right)
