"""Whether a case is worth grading on: a mistake shows on it, and the reference has one right answer."""

import numpy as np

from graders.exercise.asked import Array, Case, Exercise
from graders.exercise.calculation import one_line
from graders.exercise.content import Condition
from graders.exercise.reference import Reference
from graders.exercise.steadiness import hangs_on_rounding, values_on


def why_not_informative(exercise: Exercise, reference: Reference, case: Case) -> str:
    """Return why a mistake might not show on this case, or why it has no one right answer; empty if it has."""
    if reason := _why_trivial(exercise, case):
        return reason
    values = _answers(exercise, reference, case)
    if isinstance(values, str):
        return values
    # Last, since it needs the reference's values, and these take most of the time.
    for name, condition in exercise.drawing.informative.items():
        if not _holds(condition, values[name]):
            return f"{name} is not as bank.informative asks"
    unsteady = hangs_on_rounding(exercise, reference, case, values)
    return f"{unsteady} hangs on rounding" if unsteady else ""


def _why_trivial(exercise: Exercise, case: Case) -> str:
    for name, value in case.items():
        given = exercise.givens[name]
        if given.integers is not None or given.choice is not None:
            continue  # few values: one that is as in the lesson, or zero, is as good as any
        if value.ndim == 0:
            if value == exercise.fixed[name]:
                return f"{name} is as in the lesson"
        elif not value.any():
            return f"{name} is all zero"
    return ""


def why_unanswerable(exercise: Exercise, reference: Reference, case: Case) -> str:
    """Return why the reference has no right answer on this case; empty if it has."""
    values = _answers(exercise, reference, case)
    return values if isinstance(values, str) else ""


def _answers(exercise: Exercise, reference: Reference, case: Case) -> dict[str, Array] | str:
    """Return the reference's values, or why there are none."""
    values = values_on(reference, case)
    if isinstance(values, BaseException):
        return f"the solution fails with {one_line(values)}"
    # Finite or not: the largest of what is no number is the first one, and another right solution has another.
    if reference.whole is not None and reference.whole.has_strayed:
        return "the solution divides by zero, has no number, or an enormous one"
    # A forward pass may hold infinity (a mask), a step may not: no difference from it says that it is right.
    wild = [step.name for step in exercise.steps if step.name in values and not np.isfinite(values[step.name]).all()]
    return f"{wild[0]} is not finite" if wild else values


def _holds(condition: Condition, value: Array) -> bool:
    if not value.size:
        return False
    if condition.within is not None:
        low, high = condition.within
        if not (low <= value.min() and value.max() <= high):  # also where one is not a number
            return False
    return condition.apart is None or bool(np.abs(value).min() >= condition.apart)
