"""Known ways to get a step wrong: one that equals a misconception's formula on every case is named by it."""

from types import CodeType

import numpy as np

from graders.exercise.asked import Exercise
from graders.exercise.content import Misconception
from graders.exercise.reference import Reference
from graders.judging.comparison import Value
from graders.judging.evidence import Evidence
from graders.judging.steps import Judgement

_ENOUGH = 3
"""Cases on which a formula must have given the student's value; a single one could be chance."""


class Misconceptions:
    """The misconceptions of an exercise, compiled when they are first needed."""

    def __init__(self, exercise: Exercise, reference: Reference) -> None:
        self._compiled = [
            (item, reference.compile_formula(item.formula, f"misconception {item.id}"))
            for item in exercise.misconceptions
        ]

    def name(self, judgement: Judgement, evidence: Evidence) -> Misconception | None:
        """Return the misconception whose formula gives the student's value on every case, if there is one."""
        for item, code in self._compiled:
            if item.step == judgement.name and self._explains(code, judgement, evidence):
                return item
        return None

    def _explains(self, code: CodeType, judgement: Judgement, evidence: Evidence) -> bool:
        telling = reached = 0
        for observation, earlier in zip(evidence.observations, judgement.earlier, strict=True):
            if earlier is None:
                continue
            reached += 1
            actual = observation.actual.get(judgement.name, "missing")
            value = evidence.reference.evaluate(code, earlier)
            if value is None and isinstance(actual, str):
                continue  # both stop on this case
            if value is None or not evidence.is_formulas(judgement.name, value, actual):
                return False
            if _tells(actual):
                telling += 1
        return telling >= min(_ENOUGH, reached) and telling > 0


def _tells(value: Value) -> bool:
    """Tell whether agreeing with a value says anything: zeros and NaN agree with almost any formula."""
    return not isinstance(value, str) and bool(np.isfinite(value).all()) and bool(value.any())
