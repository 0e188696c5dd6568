"""A counterexample as people read it: texts for their positions, whole numbers as such, values compared by form."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.exercise.asked import Exercise
from graders.inside.exact import decode_exactly
from graders.inside.kinds import value_of
from graders.outcome import Counterexample

# Larger ones are shorter with an exponent.
_LARGE = 1e15


def in_words(found: Counterexample, exercise: Exercise) -> Counterexample:
    """Return a counterexample with each value as a script has it."""
    case = {name: _given(value, exercise, name) for name, value in found.case.items()}
    # Where values differ is counted in code points, which nobody sees: it is left out.
    exactly = {step.name for step in exercise.steps if step.exactly}
    if found.result not in exactly:
        return found.replaced(case=case, expected=_shortest(found.expected), actual=_shortest(found.actual))
    expected, actual = _decoded(found.expected), _decoded(found.actual)
    return found.replaced(case=case, expected=expected, actual=actual, differs_at=None)


def _given(value: Any, exercise: Exercise, name: str) -> Any:
    kind = exercise.kinds[name]
    if not kind.whole and not kind.words:
        return _shortest(value)
    shown = value_of(np.asarray(value, np.float64), kind)
    return shown.tolist() if isinstance(shown, np.ndarray) else shown


def _shortest(value: Any) -> Any:
    """Return numbers that are all whole without their `.0`, as a person writes them; anything else as it is."""
    numbers = list(_numbers_in(value))
    if not numbers or not all(isinstance(one, float) and one.is_integer() and abs(one) < _LARGE for one in numbers):
        return value
    return _each_whole(value)


def _numbers_in(value: Any) -> Iterator[Any]:
    for one in value if isinstance(value, list) else ():
        yield from _numbers_in(one)
    if not isinstance(value, list):
        yield value


def _each_whole(value: Any) -> Any:
    return [_each_whole(one) for one in value] if isinstance(value, list) else int(value)


def _decoded(value: Any) -> Any:
    """Return a value that travelled as code points; what never was one stays the word for it."""
    if not isinstance(value, list):
        return value
    try:
        return _plain_form(decode_exactly(np.asarray(value, np.float64)))
    except ValueError:
        return None


def _plain_form(value: Any) -> Any:
    """Return a dictionary or set in JSON's terms: with texts as keys, and sorted; numbers in ten digits."""
    if isinstance(value, float):
        return in_ten_digits(value)
    if isinstance(value, list):
        return [_plain_form(item) for item in value]
    if isinstance(value, dict):
        items = _plain_form(next(iter(value.values())))
        return items if "set" in value else {str(key): item for key, item in items}
    return value


def in_ten_digits(number: float) -> float:
    """Return a number with at most 10 significant digits, which is as far as two processors agree."""
    return float(f"{number:.10g}") + 0.0  # no -0.0
