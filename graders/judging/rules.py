"""How close is right for a step: to rounding, within its own tolerance, by form, up to a sign, to some decimals."""

import math
from typing import Any, NamedTuple, TypeVar

import numpy as np

from graders.exercise.content import ExerciseStep
from graders.inside.arrays import Array
from graders.inside.exact import decode_exactly
from graders.outcome import Verdict

RELATIVE, ABSOLUTE = 1e-9, 1e-12
"""Of what is right to rounding, see `comparison`."""

_HALF = 0.501
"""A value rounded to a decimal is off by half of it, and by nothing else but rounding."""


_FloatOrArray = TypeVar("_FloatOrArray", float, Array)


class Rule(NamedTuple):
    """What a step asks for; as it stands, the usual."""

    exactly: bool = False
    tolerance: float = RELATIVE
    up_to: str | None = None
    decimals: int | None = None

    @property
    def is_by_distance(self) -> bool:
        """True if the largest difference decides, so that many values can be compared at once."""
        return not self.exactly and self.up_to is None and self.decimals is None

    def allowed(self, largest: _FloatOrArray) -> _FloatOrArray:
        """Return how far a value may be off where the largest expected element is this."""
        return self.tolerance * largest + ABSOLUTE

    def aligned(self, expected: Array, actual: Array) -> Array:
        """Return a value of the expected shape with what the rule leaves open chosen as expected."""
        # With NaN there is no nearest, and it is wrong in any order.
        if self.up_to is None or not np.isfinite(actual).all():
            return actual
        with np.errstate(all="ignore"):
            return _permuted(expected, actual) if self.up_to == "permutation" else _scaled(self.up_to, expected, actual)

    def is_rounded_right(self, expected: Array, actual: Array) -> bool:
        """Tell whether a value is right to the decimals asked for, of which the last may fall to either side."""
        if self.decimals is None:
            return False
        unit = 10.0**-self.decimals
        difference = np.abs(actual - expected)
        # Two rounded values differ by a whole unit at a tie; where only the expected one is rounded, by half of it.
        is_rounded = np.abs(actual - np.round(actual, self.decimals)) <= ABSOLUTE + RELATIVE * np.abs(actual)
        return bool(np.where(is_rounded, difference <= unit * 1.001, difference <= unit * _HALF).all())


USUAL = Rule()


def rule_of(step: ExerciseStep) -> Rule:
    """Return how a step is compared."""
    return Rule(step.exactly, RELATIVE if step.tolerance is None else step.tolerance, step.up_to, step.decimals)


def verdict_by_form(expected: Array, actual: Array) -> Verdict:
    """Compare two values that travelled as code points."""
    try:
        found = decode_exactly(actual)
    except ValueError:
        return Verdict.WRONG_TYPE
    return _form_verdict(decode_exactly(expected), found)


def _form_verdict(expected: Any, found: Any) -> Verdict:
    sort = _sort_of(expected)
    # Not a wrong type, which is what is no number: numbers may stand where a text is asked for.
    if sort != _sort_of(found):
        return Verdict.WRONG_VALUE
    match sort:
        case "list":
            return _list_verdict(expected, found)
        case "set" | "dictionary":  # both travel as a dictionary of one entry, whose key says which it is
            return _form_verdict(next(iter(expected.values())), next(iter(found.values())))
        case "number":
            return Verdict.CORRECT if _is_same_number(expected, found) else Verdict.WRONG_VALUE
    return Verdict.CORRECT if expected == found else Verdict.WRONG_VALUE


def _list_verdict(expected: list[Any], found: list[Any]) -> Verdict:
    """Return the verdict on the first element that is wrong."""
    if len(expected) != len(found):
        return Verdict.WRONG_SHAPE
    verdicts = (_form_verdict(*pair) for pair in zip(expected, found, strict=True))
    return next((verdict for verdict in verdicts if verdict is not Verdict.CORRECT), Verdict.CORRECT)


def _is_same_number(expected: float, found: float) -> bool:
    # Equal first: an infinity that is asked for is no distance from itself.
    if found == expected:
        return True
    return math.isfinite(found) and abs(found - expected) <= RELATIVE * abs(expected) + ABSOLUTE


def _sort_of(value: Any) -> str:
    """Return what a value is; whole numbers and others are numbers alike."""
    if isinstance(value, dict):
        return "set" if "set" in value else "dictionary"
    if isinstance(value, float | int) and not isinstance(value, bool):  # which Python counts among the whole numbers
        return "number"
    return type(value).__name__


def _scaled(up_to: str, expected: Array, actual: Array) -> Array:
    """Return a vector, or each column of a matrix, times what brings it nearest to the expected one."""
    axis = 0 if expected.ndim > 1 else None
    product = np.sum(expected * actual, axis=axis)
    if up_to == "sign":
        factor = np.where(product < 0, -1.0, 1.0)
    else:
        # The least squares factor. A vector of zeros stays one: no factor makes it right.
        size = np.sum(actual * actual, axis=axis)
        factor = np.where((size > 0) & (product != 0), product / np.where(size > 0, size, 1.0), 1.0)
    return np.asarray(actual * factor)


def _permuted(expected: Array, actual: Array) -> Array:
    """Return the elements, or rows of a matrix, in the order in which they come nearest to the expected ones."""
    left = list(range(len(actual))) if actual.ndim else []
    order = []
    # Greedy is enough: where the values are right, each has a partner at the distance of a rounding.
    for row in expected if expected.ndim else ():
        nearest = min(left, key=lambda index: float(np.abs(actual[index] - row).max(initial=0.0)))
        left.remove(nearest)
        order.append(nearest)
    return actual[order] if order else actual
