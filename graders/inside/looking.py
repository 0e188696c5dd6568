"""Values of a student's as numbers or words, and nothing of the student's own is ever called for it.

Numbers, arrays, lists of them and dictionaries of numbers are read by what their type is, everything else is a word,
unless it has a form (`forms`).
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from .arrays import MAX_NDIM, RAW
from .recording import Encoded, encode_value
from .sites import MAX_VALUE, MAX_WORD

_module_of = type.__dict__["__module__"].__get__
_name_of_type = type.__dict__["__name__"].__get__  # that of a metaclass may be the student's own

# By their exact types: a subclass may have conversions of its own, which would be called.
EXACT = frozenset({float, int, *(kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "fiu")})
"""Types of numbers of which nothing can be a student's own."""


def encode_small(value: Any) -> Encoded:
    """Turn a value of at most MAX_VALUE elements into numbers without calling anything of a student's."""
    kind = type(value)
    if kind in EXACT or kind in (bool, np.bool_):
        return encode_number(value)
    if value is None:
        return "none", b""
    if issubclass(kind, np.ndarray):
        return _encoded_array(np.ndarray.view(value, np.ndarray))
    if kind in (list, tuple, dict):
        return _encoded_collection(value)
    module = _module_of(kind)
    if type(module) is str and module.startswith("pandas."):
        return _bounded(encode_value(value))
    return _word("type", _name_of_type(kind)), b""


def _encoded_collection(value: Any) -> Encoded:
    if type(value) is dict:
        keys = keys_of_numbers(value)
        return (_word("type", "dict"), b"") if keys is None else encode_value([value[key] for key in keys])
    if _count(value, MAX_VALUE, MAX_NDIM) < 0:
        return _word("type", f"{type(value).__name__} of other things"), b""
    return encode_value(value)


def _encoded_array(array: Any) -> Encoded:
    if array.dtype.kind not in "fiub":
        return _word("type", f"ndarray of {array.dtype.name}"), b""
    if array.size > MAX_VALUE or array.ndim > MAX_NDIM:
        return _word("shape", str(array.shape)), b""
    return list(array.shape), (array if array.dtype == RAW else array.astype(RAW)).tobytes()


def keys_of_numbers(value: dict[Any, Any]) -> list[Any] | None:
    """Return in order the keys of a dictionary that holds one number each, if it does: its values are an array then."""
    if not 0 < len(value) <= MAX_VALUE or not all(type(item) in EXACT for item in value.values()):
        return None
    # Of one type that nobody can derive from: a key of a student's own would be called to be compared.
    is_sortable = len(kinds := {type(key) for key in value}) == 1 and kinds <= {str, int}
    return sorted(value) if is_sortable else None


def encode_number(value: Any) -> Encoded:
    """Turn one number into bytes."""
    try:
        return [], np.float64(value).tobytes()
    except OverflowError:  # a whole number of hundreds of digits
        return "type:int", b""


def _bounded(encoded: Encoded) -> Encoded:
    shape, raw = encoded
    return encoded if len(raw) <= MAX_VALUE * RAW.itemsize else (_word("shape", str(tuple(shape))), b"")


def _word(what: str, name: str) -> str:
    return f"{what}:{name[:MAX_WORD]}"


def _count(value: Any, most: int, depth: int) -> int:
    """Return how many numbers a list holds, or -1 if they are too many, too deep, or it holds anything else."""
    kind = type(value)
    if kind in EXACT:
        return 1
    if kind is np.ndarray or kind is np.matrix:
        return value.size if value.size <= most and value.dtype.kind in "fiu" else -1
    # By its type, not `isinstance`: a class derived from list may count and iterate as its author likes.
    if kind not in (list, tuple) or depth == 0 or len(value) > most:
        return -1
    return _count_all(value, most, depth - 1)


def _count_all(values: Iterable[Any], most: int, depth: int) -> int:
    total = 0
    for item in values:
        count = _count(item, most - total, depth)
        if count < 0:  # one is enough: the rest may be long
            return -1
        total += count
    return total if total <= most else -1
