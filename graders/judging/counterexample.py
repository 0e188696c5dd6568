"""The simplest of small cases on which the first wrong step is wrong.

Hypothesis draws a ladder of small informative cases once per exercise; a submission is run on all of them at the
same time, and the simplest one on which the step is wrong is shown. (Shrinking each submission's own counterexample
would need a run for every attempt, and, bounded in time, would differ from one machine to the next.)
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from graders.inside.arrays import Array
from graders.judging.comparison import Value, is_close
from graders.judging.evidence import Evidence, Observation
from graders.judging.showing import in_ten_digits
from graders.outcome import Counterexample, Verdict


def find_counterexample(name: str, evidence: Evidence, candidates: Sequence[Observation]) -> Counterexample | None:
    """Return the first of the candidates (simplest first) on which this step is wrong, or else not quite right.

    The right value is shown in the layout in which the student should have it.
    """
    # All candidates for what is clearly wrong first: a simpler case with a rounded value says less.
    for is_wrong in (_is_wrong, _differs):
        for observation in candidates:
            actual = observation.actual.get(name, "missing")
            right = evidence.in_students_shape(name, observation.right[name], actual)
            if is_wrong(name, evidence, observation, right):
                return Counterexample(
                    case={given: _plain(value) for given, value in observation.case.items()},
                    result=name,
                    expected=_plain(right),
                    actual=None if evidence.is_given_as_none(name, actual) else _actual(actual, observation),
                    differs_at=_first_difference(right, actual),
                )
    return None


def _is_wrong(name: str, evidence: Evidence, observation: Observation, _: Array) -> bool:
    return evidence.verdict_on(name, observation) is not Verdict.CORRECT


def _differs(name: str, _: Evidence, observation: Observation, right: Array) -> bool:
    """Tell values apart that pass as single precision, but were rounded."""
    return _first_difference(right, observation.actual.get(name, "missing")) is not None


def _actual(value: Value, observation: Observation) -> Any:
    if not isinstance(value, str):
        return _plain(value)
    kind = value.partition(":")[2].rpartition(":")[2]
    if observation.fault is None:
        return kind or None
    # What has a value has it although the script stopped later; a stand-in is none, and the exception says more.
    return kind if kind and observation.fault.type != "ModuleNotFoundError" else observation.fault.type


def _first_difference(right: Array, actual: Value) -> list[int] | None:
    if isinstance(actual, str) or actual.shape != right.shape or actual.ndim == 0:
        return None
    found = np.argwhere(~is_close(actual, right))
    return [int(index) for index in found[0]] if len(found) else None


def _plain(value: Array) -> Any:
    def rounded(item: Any) -> Any:
        return [rounded(inner) for inner in item] if isinstance(item, list) else in_ten_digits(item)

    return rounded(value.tolist())
