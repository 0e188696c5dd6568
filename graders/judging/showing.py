"""A counterexample as people read it: texts for their positions, whole numbers as such, values compared by form."""

from typing import Any

import numpy as np

from graders.exercise.asked import Exercise
from graders.inside.exact import decode_exactly
from graders.inside.kinds import value_of
from graders.outcome import Counterexample


def in_words(found: Counterexample, exercise: Exercise) -> Counterexample:
    """Return a counterexample with each value as a script has it."""
    case = {name: _given(value, exercise, name) for name, value in found.case.items()}
    # Where values differ is counted in code points, which nobody sees: it is left out.
    exactly = {step.name for step in exercise.steps if step.exactly}
    if found.result not in exactly:
        return found.replaced(case=case)
    expected, actual = _decoded(found.expected), _decoded(found.actual)
    return found.replaced(case=case, expected=expected, actual=actual, differs_at=None)


def _given(value: Any, exercise: Exercise, name: str) -> Any:
    kind = exercise.kinds[name]
    if not kind.whole and not kind.words:
        return value
    shown = value_of(np.asarray(value, np.float64), kind)
    return shown.tolist() if isinstance(shown, np.ndarray) else shown


def _decoded(value: Any) -> Any:
    """Return a value that travelled as code points; what never was one stays the word for it."""
    if not isinstance(value, list):
        return value
    try:
        return _plain_form(decode_exactly(np.asarray(value, np.float64)))
    except ValueError:
        return None


def _plain_form(value: Any) -> Any:
    """Return a dictionary or set in JSON's terms: with texts as keys, and sorted."""
    if isinstance(value, list):
        return [_plain_form(item) for item in value]
    if isinstance(value, dict):
        items = _plain_form(next(iter(value.values())))
        return items if "set" in value else {str(key): item for key, item in items}
    return value
