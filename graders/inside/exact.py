"""Values that are compared by form: texts, booleans, None, and lists and dictionaries of them.

They travel as code points of a text in JSON, since a frame holds numbers only. Used by the trusted side too.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from .arrays import MAX_ELEMENTS, RAW, Array

_DEEPEST = 20  # far from Python's own limit, which a script may have used up to a few calls


class _UnknownError(TypeError):
    """The name of a type that has no form here."""


def encode_exactly(value: Any) -> tuple[list[int] | str, bytes]:
    """Return a value's shape and code points, or a word for what cannot be compared by form. Raises nothing."""
    try:
        text = json.dumps(_form(value, 0), ensure_ascii=True)
    except _UnknownError as error:
        return f"type:{error!s:.60}", b""
    except BaseException:  # noqa: BLE001 - whatever a hostile value raises, it has no form
        return f"type:{type(value).__name__!s:.60}", b""
    if len(text) > MAX_ELEMENTS:
        return "type:longer than can be compared", b""
    return [len(text)], np.frombuffer(text.encode("ascii"), np.uint8).astype(RAW).tobytes()


def decode_exactly(points: Array) -> Any:
    """Return the value in lists, and dictionaries as `{"{}": [[key, value], …]}`. Raises ValueError if it is none."""
    if points.ndim != 1 or not ((points >= 0) & (points < 128)).all():
        raise ValueError("not a text")
    try:
        return json.loads(bytes(points.astype(np.uint8)))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _form(value: Any, depth: int) -> Any:
    """Return a value in JSON's own types; the exact types are asked for, since others may answer anything."""
    if depth > _DEEPEST:
        raise _UnknownError("values within values within values")
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    # Before the built-in types, of which some of numpy's are subclasses: float64 of float, str_ of str.
    if issubclass(kind, np.ndarray | np.generic):
        return _of_array(np.asarray(value))
    if issubclass(kind, str):
        return str.__str__(value)
    for container, marked in ((list, None), (tuple, None), (dict, "{}"), (set, "set"), (frozenset, "set")):
        if issubclass(kind, container):
            if container.__len__(value) > MAX_ELEMENTS:
                raise _UnknownError(f"{kind.__name__} of too many")
            return _contained(_items(container, value), marked, depth)
    if issubclass(kind, int | float):
        return _plain_number(value)
    raise _UnknownError(kind.__name__)


def _plain_number(number: Any) -> Any:
    """Return a number of a subclass as a plain one."""
    return int.__int__(number) if isinstance(number, int) else float.__float__(number)


def _items(container: type, value: Any) -> Iterator[Any]:
    """Iterate with the built-in type's own method, whatever a subclass says."""
    return iter(dict.items(value)) if container is dict else container.__iter__(value)  # type: ignore[attr-defined]


def _contained(items: Iterator[Any], marked: str | None, depth: int) -> Any:
    forms = [_form(item, depth + 1) for item in items]
    # Sorted by what they are written as: values of different types have no order of their own.
    return forms if marked is None else {marked: sorted(forms, key=json.dumps)}


def _of_array(array: Any) -> Any:
    if array.dtype.kind not in "biufUS" or array.size > MAX_ELEMENTS:
        raise _UnknownError(f"array of {array.dtype.name}")
    return array.tolist() if array.dtype.kind != "S" else array.astype("U").tolist()
