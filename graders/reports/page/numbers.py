"""Numbers and nested lists of numbers of a report: their shape, where two of them differ, and short text for both."""

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.judging.comparison import is_close

Shape = tuple[int, ...]
Index = tuple[int, ...]

_DIGITS = (4, 6, 8, 10)
# A report holds at most so many significant digits.
_EXACT_DIGITS = 10


def _is_number(value: object) -> bool:
    """Tell whether a value is a plain real number; bool is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def shape_of(value: Any) -> Shape | None:
    """Return the shape of nested lists, () for a number, or None for what is not an array of numbers."""
    if _is_number(value):
        return ()
    if not isinstance(value, list | tuple):
        return None
    inner = {shape_of(item) for item in value}  # rows of different lengths make no array
    if not inner:
        return (0,)
    (shape,) = inner if len(inner) == 1 else (None,)
    return None if shape is None else (len(value), *shape)


def element(value: Any, index: Index) -> float:
    """Return one element of nested lists."""
    for position in index:
        value = value[position]
    return float(value)


def indices(shape: Shape) -> Iterator[Index]:
    """Yield each index of an array of this shape, row by row."""
    return itertools.product(*map(range, shape))


def wrong_indices(expected: Any, actual: Any) -> frozenset[Index] | None:
    """Return where two arrays differ by more than the comparison allows; None if they do not lie side by side."""
    shape = shape_of(expected)
    if shape is None or shape != shape_of(actual):
        return None
    close = is_close(np.array(actual, np.float64), np.array(expected, np.float64))
    return frozenset(place for place in indices(shape) if not close[place])


def digits_that_tell_apart(expected: Any, actual: Any, places: frozenset[Index]) -> int:
    """Return how many significant digits are needed so that what differs also looks different."""
    for digits in _DIGITS:
        pairs = ((element(expected, place), element(actual, place)) for place in places)
        # `0.1235` beside `0.1235` would look right: as many digits as it takes to see the difference.
        if all(short(a, digits) != short(b, digits) for a, b in pairs):
            return digits
    return _EXACT_DIGITS


def short(value: float, digits: int = 4) -> str:
    """Return a number with so many significant digits and no trailing zeros."""
    if not math.isfinite(value):
        return str(float(value))
    return f"{value + 0.0:.{digits}g}"  # -0.0 becomes 0


def shape_text(shape: Shape) -> str:
    """Return a shape as NumPy prints it."""
    return str(shape)


def as_python(value: Any, indent: int = 0) -> str:
    """Return a number or nested lists as Python source, one row of a matrix a line."""
    if not isinstance(value, list | tuple):
        return repr(value)
    if not any(isinstance(item, list | tuple) for item in value):
        return f"[{', '.join(map(repr, value))}]"
    separator = ",\n" + " " * (indent + 1)
    return f"[{separator.join(as_python(item, indent + 1) for item in value)}]"


def as_assignment(name: str, value: Any) -> str:
    """Return a line that gives a name this value, as a script of the lesson would."""
    if not isinstance(value, list | tuple):
        return f"{name} = {as_python(value)}"
    start = f"{name} = np.array("
    return f"{start}{as_python(value, len(start))})"
