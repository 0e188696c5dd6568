"""Texts and what holds some, looked at and put in like numbers: code points of their form behind a mark.

Bounded like numbers, and nothing of the student's own is called for it. Used by the trusted side too.
"""

import json
from typing import Any

import numpy as np

from .arrays import RAW, Array
from .exact import decode_exactly, encode_exactly
from .looking import EXACT, encode_small
from .recording import Encoded, encode_value
from .sites import MAX_VALUE

# No larger than code points, beside which these are compared; no script has both of them by chance.
_MARK = np.array([-101.015625, -117.03125], RAW)

_TEXTS, _COLLECTIONS = frozenset({str, np.str_}), frozenset({list, tuple, dict})
_ARRAYS, _ALONE = frozenset({np.ndarray, np.matrix}), EXACT | {bool, np.bool_, type(None)}

_DIGITS = 12  # fewer than rounding changes, more than is compared


def look_at_value(value: Any) -> Encoded:
    """Turn a value into numbers, or into the code points of its form if it is or holds a text, a truth or None."""
    encoded = encode_small(value)
    if not isinstance(encoded[0], str) or not _has_small_form(value):
        return encoded
    points = _as_points(value)
    return encoded if points is None else ([points.size], points.tobytes())


def is_form(array: Array) -> bool:
    """Tell whether numbers are a form."""
    return array.ndim == 1 and array.size > _MARK.size and bool((array[: _MARK.size] == _MARK).all())


def as_looked_at(points: Array) -> Array:
    """Return what is compared exactly as it is looked at, numbers if it is an array of some; as it is if too large.

    So is what has no form.
    """
    try:
        shape, raw = look_at_value(_read(points))
    except ValueError:
        return points
    return points if isinstance(shape, str) else np.frombuffer(raw, RAW).reshape(shape)


def as_told(value: Array | str) -> Array | str:
    """Return what was looked at as it is recorded where numbers are asked for: a word for a form."""
    if isinstance(value, str) or not is_form(value):
        return value
    try:
        return str(encode_value(_read(value[_MARK.size :]))[0])
    except ValueError:
        return "type:unknown"


def put_form(kind: str, value: Any, array: Array) -> Any:
    """Return what a form stands for, as the kind of collection that a value is; changed in place like numbers."""
    right = _like(value, _read(array[_MARK.size :]))
    if kind not in ("augmented", "container"):
        return right
    if type(value) is list and type(right) is list:
        value[:] = right
    elif type(value) is dict and type(right) is dict:
        value.clear()
        value.update(right)
    # What was filled is only looked at, so that another thing in its place would be lost.
    elif kind == "augmented":
        return right
    return value


def _has_small_form(value: Any) -> bool:
    """Tell whether a value is or holds something that is no number, and nothing but what has a form."""
    left, is_numbers = MAX_VALUE, True
    inner = [value]
    while inner and left > 0:
        item = inner.pop()
        left -= _size(item)
        is_numbers = is_numbers and _is_numbers(item)
        if left > 0 and type(item) in _COLLECTIONS:
            inner += item.values() if type(item) is dict else item
    return left > 0 and not is_numbers


def _size(item: Any) -> int:
    """Return how much a value takes, but for what a collection holds; too much if it has no form."""
    kind = type(item)
    if kind in _ALONE:
        return 1
    if kind in _ARRAYS and item.dtype.kind in "fiubU":
        return int(item.size) + 1
    has_length = kind in _TEXTS or kind in _COLLECTIONS
    if not has_length or len(item) >= MAX_VALUE:
        return MAX_VALUE
    # A key of a student's own would be called to be compared.
    return MAX_VALUE if kind is dict and not {type(key) for key in item} <= {str, int} else len(item) + 1


def _is_numbers(item: Any) -> bool:
    kind = type(item)
    return kind in EXACT or kind in _COLLECTIONS or (kind in _ARRAYS and item.dtype.kind != "U")


def _as_points(value: Any) -> Array | None:
    shape, raw = encode_exactly(value)
    if isinstance(shape, str):
        return None
    form = json.loads(np.frombuffer(raw, RAW).astype(np.uint8).tobytes(), parse_float=_plain)
    text = json.dumps(form, ensure_ascii=True).encode("ascii")
    points = np.concatenate([_MARK, np.frombuffer(text, np.uint8).astype(RAW)])
    return points if points.size <= MAX_VALUE else None


def _plain(digits: str) -> float:
    """Return a number as what is the same to rounding is written, too."""
    number = float(f"{float(digits):.{_DIGITS}g}")
    return int(number) if number.is_integer() else number


def _read(points: Array) -> Any:
    """Return what a form stands for. Raises ValueError if it is none: a reply may say anything."""
    try:
        return _rebuilt(decode_exactly(points))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a form") from error


def _rebuilt(form: Any) -> Any:
    """Return what a form stands for, in lists, dictionaries and sets."""
    if isinstance(form, list):
        return [_rebuilt(item) for item in form]
    if not isinstance(form, dict):
        return form
    if "{}" in form:
        return {_as_key(key): _rebuilt(item) for key, item in form["{}"]}
    return frozenset(map(_as_key, form["set"]))


def _as_key(form: Any) -> Any:
    return tuple(map(_as_key, form)) if isinstance(form, list) else _rebuilt(form)


def _like(value: Any, right: Any) -> Any:
    """Return the right thing in the kinds of collections that a value has."""
    if type(value) is dict and type(right) is dict:
        own = [key for key in value if key in right]  # in the student's order
        return {key: _like(value.get(key), right[key]) for key in dict.fromkeys([*own, *right])}
    return _listed_like(value, right) if type(right) is list else right


def _listed_like(value: Any, right: list[Any]) -> Any:
    if type(value) in _ARRAYS:
        array = np.array(right)
        return array.astype(value.dtype) if (value.dtype.kind, array.dtype.kind) == ("f", "i") else array
    if type(value) not in (list, tuple):
        return right
    items = [_like(value[at] if at < len(value) else None, item) for at, item in enumerate(right)]
    return tuple(items) if type(value) is tuple else items
