"""What a student wrote, seen as numbers, and other numbers written as the student wrote theirs."""

import numbers
import sys
from array import array as typed_array
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from .arrays import MAX_ELEMENTS, RAW, Array
from .kinds import is_whole
from .layouts import Layout

_SAME_NUMBER = 1e-6  # relative; far below any change a student makes, far above single precision's rounding
_SAME_HALF = 1e-3  # the same for half precision


class Replacement(NamedTuple):
    """What a site yields: the given, in the student's layout and type. `changed`: the student had another number.

    `edition`: which other edition of the lesson has the student's number, where the lesson has not. `half`: it is
    stored in half precision. `shape`: of the student's own value, in the lesson's layout. `idle`: nothing uses it.
    """

    given: str
    axes: Layout
    changed: bool
    build: Callable[[Array], Any]
    edition: int | None = None
    half: bool = False
    shape: tuple[int, ...] = ()
    idle: bool = False


_NUMERIC = (np.ndarray, list, tuple, numbers.Number, np.number, typed_array)


def as_numbers(value: Any) -> Array | None:
    """Return a student's value as float64, or None if it is not real numbers."""
    # What nearly every given is comes first: to ask for an abstract class costs more than all the rest.
    if type(value) is float or (type(value) is np.ndarray and value.dtype is RAW and value.size <= MAX_ELEMENTS):
        return np.array(value)
    if isinstance(value, bool) or not isinstance(value, _NUMERIC):
        return None
    try:
        array = _as_array(value)
    except Exception:  # noqa: BLE001 - ragged, mixed, all the memory there was, or whatever an element of it raises
        return None
    if array.size > MAX_ELEMENTS or array.dtype.kind not in "fiu":
        return None
    return np.array(array, np.float64, subok=False)


def _as_array(value: Any) -> Any:
    """Return what numpy makes of a value, with fractions, and complex numbers that are real, as real ones."""
    # A single fraction or decimal first: numpy would make an object of it.
    array = np.asarray(float(value) if _is_real(value) else value)
    if array.dtype.kind == "O" and _are_exact(array):
        return array.astype(np.float64)
    # Complex zeros are what some write the arrays with before they fill them.
    if array.dtype.kind == "c" and array.size <= MAX_ELEMENTS and not array.imag.any():
        return array.real
    return array


def _is_decimal(value: Any) -> bool:
    # The module is large, and there is no decimal where nobody has imported it.
    return isinstance(value, getattr(sys.modules.get("decimal"), "Decimal", ()))


def _is_real(value: Any) -> bool:
    return isinstance(value, numbers.Real) or _is_decimal(value)  # which is none to Python


def _are_exact(array: Any) -> bool:
    """Tell whether all elements are fractions, decimals and the like."""
    return array.size <= MAX_ELEMENTS and all(_is_real(item) and not isinstance(item, bool) for item in array.flat)


def same_numbers(lesson: Array, value: Array, *, half: bool = False) -> bool:
    """Tell whether a student's numbers are the lesson's, but for rounding to a type."""
    if lesson.shape != value.shape:
        return False
    if lesson.tobytes() == value.tobytes():  # as a rule, and without numpy's functions
        return True
    return bool((abs(value - lesson) <= (_SAME_HALF if half else _SAME_NUMBER) * abs(lesson)).all())


def is_half(value: Any) -> bool:
    """Tell whether a value is stored in half precision."""
    return isinstance(value, np.ndarray | np.number) and value.dtype == np.float16


def replacement(
    given: str, axes: Layout, prototype: Any, array: Array, *, changed: bool = False, edition: int | None = None
) -> Replacement:
    """Return what yields a given as the student wrote it; `prototype`: the student's own value, `array` as numbers."""
    if type(prototype) is float and not axes:
        build: Callable[[Array], Any] = float
    elif type(prototype) is np.ndarray and prototype.dtype == np.float64 and axes == tuple(range(len(axes))):
        build = np.array
    else:
        whole = is_whole(prototype)

        def build(numbers: Array) -> Any:
            arranged = axes.arrange(numbers)
            # The student's own numbers stay integers; another case has fractions where that one had none.
            return like(prototype, arranged, whole=whole and np.array_equal(arranged, array))

    own = axes.restore(array)
    return Replacement(given, axes, changed, build, edition, is_half(prototype), () if own is None else own.shape)


def like(prototype: Any, array: Array, *, whole: bool = False) -> Any:
    """Return `array` as the type of thing the student wrote: a list of lists, float32, a matrix …

    `whole`: what the student wrote as integers is made of integers, too.
    """
    match prototype:
        case np.ndarray() | np.number():
            return _like_numpy(prototype, array, whole=whole)
        case list() | tuple():
            rows = [like(prototype[0], row, whole=whole) for row in array]
            return rows if isinstance(prototype, list) else tuple(rows)
        case typed_array():
            return _like_typed(prototype, array, whole=whole)
        case int() | float():
            return int(array) if whole else float(array)
    number = float(array)
    return type(prototype)(repr(number) if _is_decimal(prototype) else number)  # or a Fraction, a complex number


def _like_typed(prototype: Any, array: Array, *, whole: bool) -> Any:
    if whole:
        return typed_array(prototype.typecode, array.astype(np.int64).tolist())
    return typed_array(prototype.typecode if prototype.typecode in "fd" else "d", array.tolist())


def _like_numpy(prototype: Any, array: Array, *, whole: bool) -> Any:
    # A matrix first: it is an array, too, and multiplies in another way.
    if isinstance(prototype, np.matrix):
        return np.asmatrix(array.astype(prototype.dtype) if whole else array)
    if isinstance(prototype, np.ndarray) and prototype.dtype.kind == "O":
        return np.array(like(prototype.tolist(), array, whole=whole), dtype=object)
    dtype = prototype.dtype if whole or prototype.dtype.kind in "fc" else np.dtype(np.float64)
    return array.astype(dtype) if isinstance(prototype, np.ndarray) else dtype.type(array)
