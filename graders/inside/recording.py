"""At run time: the values of steps and results, and how they are written into a reply."""

import struct
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from numbers import Number
from typing import Any

import numpy as np

from .arrays import MAX_ELEMENTS, MAX_NDIM, RAW
from .beyond import STRAIGHT, Beyond
from .exact import encode_exactly
from .faults import kind_of
from .standins import library_of
from .using import Used
from .watching import WATCH, EnoughError, TimeLimitExceeded

Encoded = tuple[list[int] | str, bytes]
"""A shape and raw float64 bytes; or a word for what is no array of real numbers, and nothing."""

_NUMBER = struct.Struct("<d")

MISSING: Encoded = ("missing", b"")


class Recorder:
    """Called by the rewritten script after each assignment of a step or result.

    `copying`: keep what the value was at that moment (a later change in place does not count). Otherwise a reference
    is enough, and cheaper.
    """

    def __init__(self, beyond: Beyond = STRAIGHT, results: Collection[str] = ()) -> None:
        self.copying = True
        self.is_wary = False
        """Whether a list may hold itself, as an altered program may make one: numpy would not come to its end."""
        self.results = frozenset(results)
        self.values: dict[str, Any] = {}
        self.assigned: Counter[str] = Counter()
        """How often each result was, while copies are kept."""
        self._held: dict[str, Any] = {}
        self.changed: list[tuple[int, str]] = []
        self._exactly = beyond.exactly
        self._assigned = frozenset[str]() if beyond.use is None else beyond.use.assigned
        self._used: Used | None = None
        self._libraries: dict[str, str] = {}  # of values that were encoded

    def clear(self) -> None:
        """Forget the last execution."""
        self.values.clear()
        self.assigned.clear()
        self._held.clear()
        self._libraries.clear()
        self._used = None

    def finish(self, used: Used) -> None:
        """Take what the exercise's own lines left: their names are read from there alone."""
        self._used = used
        self.changed = list(used.changed)

    def record(self, name: str, value: Any) -> None:
        """Keep the value just assigned."""
        self.values[name] = self._encode(name, value) if self.copying else value
        # A copy of a stand-in is a word by now: which library it was is kept beside.
        library = library_of(value)
        if library is not None:
            self._libraries[name] = library
        elif self._libraries:
            self._libraries.pop(name, None)
        if name in self.results:
            self._held[name] = value
            self.assigned[name] += 1
            WATCH.result()

    def stand_ins(self) -> dict[str, str]:
        """Return the names whose last value is the stand-in of a library, with the library."""
        found = {name: library for name, value in self.values.items() if (library := library_of(value)) is not None}
        return found | self._libraries

    def keep(self, name: str, value: Any) -> Any:
        """Keep a value within an expression."""
        self.record(name, value)
        return value

    def step(self, name: str) -> Encoded:
        """Return a step as it was at its last assignment; needs `copying`."""
        if name in self._assigned:
            return self._of_use(name)
        encoded: Encoded = self.values.get(name, MISSING)
        return encoded

    def result(self, name: str, accepted: Sequence[str], namespace: Mapping[str, Any]) -> Encoded:
        """Return a result as it is at the end; one that only a function or object holds counts if there is no other."""
        if name in self._assigned:
            return self._of_use(name)
        for word in accepted:
            value = namespace.get(word)
            # None is a value only where results are compared by form.
            if value is not None or (name in self._exactly and word in namespace):
                return self._encode(name, value)
        if name in self.values:
            # Not as it was when it was assigned: a function may have filled it since.
            return self._encode(name, (self._held if self.copying else self.values)[name])
        return ("none", b"") if any(word in namespace for word in accepted) else MISSING

    def _encode(self, name: str, value: Any) -> Encoded:
        if self.is_wary and _holds_itself(value):
            return "type:list", b""
        return encode_exactly(value) if name in self._exactly else encode_value(value)

    def _of_use(self, name: str) -> Encoded:
        """Return a name as the lines left it, or by what kind of fault it was lost, and its class."""
        used = self._used
        if used is None:
            return MISSING
        if used.errors and name in used.errors:
            error = used.errors[name]
            return f"raised:{kind_of(error)}:{type(error).__name__:.60}", b""
        if name not in used.scope:
            return MISSING
        value = used.scope[name]
        # Not by way of `_encode` where nothing is asked there: this stands behind every case, for every result.
        return self._encode(name, value) if self.is_wary or name in self._exactly else encode_value(value)


def _holds_itself(value: Any, within: tuple[int, ...] = ()) -> bool:
    if not isinstance(value, list | tuple):
        return False
    inner = (*within, id(value))
    return id(value) in within or any(_holds_itself(item, inner) for item in value)


def encode_value(value: Any) -> Encoded:
    """Turn whatever a student assigned into numbers, without ever trusting its methods' results further than that."""
    if value is None:
        return "none", b""
    # What nearly every value is comes first, and needs none of numpy's conversions.
    kind = type(value)
    if kind is np.ndarray and value.dtype is RAW and value.size <= MAX_ELEMENTS and value.ndim <= MAX_NDIM:
        return list(value.shape), value.tobytes()
    if kind is float or kind is np.float64:
        return [], _NUMBER.pack(value)
    try:
        return _as_plain_array(value)
    except (TimeLimitExceeded, EnoughError):
        raise
    except BaseException:  # noqa: BLE001 - a hostile or ragged value: whatever it raises, it is no array of numbers
        return f"type:{type(value).__name__!s:.60}", b""


def _as_plain_array(value: Any) -> Encoded:
    """Return what numpy makes of a value; a hostile one may raise anything."""
    array = np.asarray(value)
    is_number = array.dtype.kind in "fiu" or (array.dtype.kind == "O" and _holds_numbers(array))
    if not is_number or isinstance(value, str | bytes):
        return f"type:{_type_name(value, array)}", b""
    if array.size > MAX_ELEMENTS or array.ndim > MAX_NDIM:
        return f"shape:{array.shape!s:.80}", b""
    plain = np.array(array, RAW, subok=False, order="C")
    return [int(length) for length in plain.shape], plain.tobytes()


def _holds_numbers(array: Any) -> bool:
    """Tell whether an array of objects holds real numbers of other kinds: fractions, decimals, or plain ones."""
    items = array.ravel()[: MAX_ELEMENTS + 1].tolist()
    return bool(items) and all(isinstance(item, Number) and not isinstance(item, bool | complex) for item in items)


def _type_name(value: Any, array: Any) -> str:
    name = str(type(value).__name__)[:60]
    return name if not isinstance(value, np.ndarray | list | tuple) else f"{name} of {array.dtype.name:.40}"
