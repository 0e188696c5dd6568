"""Known ways to get a step wrong: one that gives the student's values on every case is named.

In a straight line it is a formula, evaluated on the student's own earlier values. In a reference that is run whole it
is the reference with the mistake in it, whose results must be the student's.
"""

from collections.abc import Mapping, Sequence
from types import CodeType

import numpy as np

from graders.exercise.asked import Case, Exercise
from graders.exercise.content import Misconception
from graders.exercise.reference import Reference
from graders.exercise.variants import statements_behind, with_mistake
from graders.inside.arrays import Array
from graders.judging.comparison import Value
from graders.judging.evidence import Evidence, Observation
from graders.judging.steps import Judgement
from graders.outcome import Verdict

_ENOUGH = 3
"""Cases on which a formula must have given the student's value; a single one could be chance."""


class Misconceptions:
    """The misconceptions of an exercise, compiled when they are first needed."""

    def __init__(self, exercise: Exercise, reference: Reference) -> None:
        self._compiled: list[tuple[Misconception, CodeType]] = []
        self._variants: list[Variant] = []
        if reference.whole is None:
            self._compiled = [
                (item, reference.compile_formula(item.formula, f"misconception {item.id}"))
                for item in exercise.misconceptions
            ]
        else:
            results = [step.name for step in exercise.results]
            self._variants = [Variant(item, with_mistake(exercise, item), results) for item in exercise.misconceptions]
            self._behind = {item.id: statements_behind(exercise, item) for item in exercise.misconceptions}

    def name(self, judgement: Judgement, evidence: Evidence) -> Misconception | None:
        """Return the misconception that gives the student's values on every case, if there is one."""
        for item, code in self._compiled:
            if item.step == judgement.name and self._explains(code, judgement, evidence):
                return item
        for variant in self._variants:
            if judgement.name in variant.places(evidence):
                return variant.item
        return None

    def place(self, evidence: Evidence) -> tuple[str, int | None] | None:
        """Return the step for which a known mistake is told that gives the student's results, in a script run whole.

        And how many statements behind it compute that step, too: None where it does not stand there, for it is not its
        own step, and only the first result that is wrong because of it.
        """
        found = ((variant.item, places[0]) for variant in self._variants if (places := variant.places(evidence)))
        return next(((step, self._behind[item.id] if step == item.step else None) for item, step in found), None)

    def unseen(self, evidence: Evidence) -> list[tuple[str, Reference]]:
        """Return the known mistakes that give the student's results, where the step is not known: it and the reference
        with the mistake.
        """
        found = ((each.item.step, each.reference, each.places(evidence)) for each in self._variants)
        return [(step, reference) for step, reference, places in found if places and places[0] != step]

    def _explains(self, code: CodeType, judgement: Judgement, evidence: Evidence) -> bool:
        # A formula may agree where it says nothing, so agreeing cases and telling ones are counted apart.
        telling = reached = 0
        for observation, earlier in zip(evidence.observations, judgement.earlier, strict=True):
            # What it was on the way there is not meant to be the step.
            if earlier is None or evidence.raised_amid(judgement.name, observation.fault) is not None:
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


class Variant:
    """A reference with a mistake in it; its values are kept, since a class has the same cases."""

    def __init__(self, item: Misconception, reference: Reference, results: Sequence[str]) -> None:
        self.item = item
        self.reference = reference
        self._results = results
        self._known: dict[int, tuple[Case, Mapping[str, Array] | None]] = {}

    def places(self, evidence: Evidence) -> tuple[str, ...]:
        """Return the step that the mistake is in and the first wrong result, if all results are the student's.

        None where the student has another value of that step: then something else comes to the same.
        """
        if self._is_contradicted(evidence):
            return ()
        wrong: dict[str, None] = {}
        # A dictionary for its order: the first wrong result is where the mistake shows.
        for observation in evidence.observations:
            values = self.values(observation.case)
            if values is None:
                continue  # it stops here: what a student has left then is not known
            if not all(_is_students(result, values[result], observation, evidence) for result in self._results):
                return ()
            wrong |= dict.fromkeys(
                result
                for result in self._results
                if evidence.verdict(result, observation.right[result], values[result]) is not Verdict.CORRECT
            )
        first = next(iter(wrong), None)
        return () if first is None else (self._place(first, evidence), first)

    def _place(self, first: str, evidence: Evidence) -> str:
        """Return the step that the mistake is in, where the student has it too; else the first wrong result."""
        own = self.item.step
        for observation in evidence.observations:
            values = self.values(observation.case) or {}
            if own not in values or not _is_students(own, values[own], observation, evidence):
                return first
        return own

    def _is_contradicted(self, evidence: Evidence) -> bool:
        own = self.item.step
        if own in evidence.within:
            return True
        for observation in evidence.observations:
            values = self.values(observation.case) or {}
            has_numbers = not isinstance(observation.actual.get(own, "missing"), str)
            if has_numbers and own in values and not _is_students(own, values[own], observation, evidence):
                return True
        return False

    def values(self, case: Case) -> Mapping[str, Array] | None:
        """Return what comes out on a case, by name; None where it stops."""
        if id(case) not in self._known:  # kept with its values, so that the number stays its own
            try:
                values = self.reference.values(case)
            except Exception:  # noqa: BLE001 - a mistake may make it raise anything
                values = None
            self._known[id(case)] = case, values
        return self._known[id(case)][1]


def _is_students(result: str, value: Array, observation: Observation, evidence: Evidence) -> bool:
    actual = observation.actual.get(result, "missing")
    if isinstance(actual, str):
        return False
    return evidence.is_formulas(result, value, actual) or evidence.verdict(result, value, actual) is Verdict.CORRECT


def _tells(value: Value) -> bool:
    """Tell whether agreeing with a value says anything: zeros and NaN agree with almost any formula."""
    return not isinstance(value, str) and bool(np.isfinite(value).all()) and bool(value.any())
