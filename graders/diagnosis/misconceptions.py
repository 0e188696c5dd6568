"""Known ways to get a step wrong: one that equals a misconception's formula on every network is named by it."""

from collections.abc import Sequence
from types import CodeType

import numpy as np

from graders.answers import Reference
from graders.diagnosis.evidence import Evidence, Value, is_same
from graders.diagnosis.steps import Judgement
from graders.exercise import Exercise
from graders.exercise_file import Misconception

_ENOUGH = 3
"""Networks on which a formula must have given the student's value; a single one could be chance."""


class Misconceptions:
    """The misconceptions of an exercise, compiled when they are first needed."""

    def __init__(self, exercise: Exercise, reference: Reference) -> None:
        self._compiled = [
            (item, reference.compile_formula(item.formula, f"misconception {item.id}"))
            for item in exercise.misconceptions
        ]

    def name(self, judgement: Judgement, evidence: Evidence) -> Misconception | None:
        """Return the misconception whose formula gives the student's value on every network, if there is one."""
        for item, code in self._compiled:
            if item.step == judgement.name and self._explains(code, judgement, evidence):
                return item
        return None

    def _explains(self, code: CodeType, judgement: Judgement, evidence: Evidence) -> bool:
        same = 0
        plain = all(axes == tuple(range(len(axes))) for axes in evidence.layouts.get(judgement.name, ()))
        shape_matters = judgement.name in evidence.layouts and plain
        for observation, earlier in zip(evidence.observations, judgement.earlier, strict=True):
            if earlier is None:
                continue
            actual = observation.actual.get(judgement.name, "missing")
            value = evidence.reference.evaluate(code, earlier)
            if value is None and isinstance(actual, str):
                continue  # both stop on this network
            if value is None or not is_same(value, actual, shape_matters=shape_matters):
                return False
            same += _tells(actual)
        reached = sum(earlier is not None for earlier in judgement.earlier)
        return same >= min(_ENOUGH, reached) and same > 0


def _tells(value: Value) -> bool:
    """Tell whether agreeing with a value says anything: zeros and NaN agree with almost any formula."""
    return not isinstance(value, str) and bool(np.isfinite(value).all()) and bool(value.any())


def wrong_steps(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the steps to mend, in order."""
    return [judgement for judgement in judgements if judgement.is_wrong]
