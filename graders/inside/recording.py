"""At run time: the values of steps and results, and how they are written into a reply."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .arrays import MAX_ELEMENTS, MAX_NDIM, RAW

Encoded = tuple[list[int] | str, bytes]
"""A shape and raw float64 bytes; or a word for what is no array of real numbers, and nothing."""

MISSING: Encoded = ("missing", b"")


class Recorder:
    """Called by the rewritten script after each assignment of a step or result.

    `copying`: keep what the value was at that moment (a later change in place does not count). Otherwise a reference
    is enough, and cheaper.
    """

    def __init__(self) -> None:
        self.copying = True
        self.values: dict[str, Any] = {}

    def record(self, name: str, value: Any) -> None:
        """Keep the value just assigned."""
        self.values[name] = encode_value(value) if self.copying else value

    def keep(self, name: str, value: Any) -> Any:
        """Keep a value within an expression."""
        self.record(name, value)
        return value

    def step(self, name: str) -> Encoded:
        """Return a step as it was at its last assignment; needs `copying`."""
        encoded: Encoded = self.values.get(name, MISSING)
        return encoded

    def result(self, name: str, accepted: Sequence[str], namespace: Mapping[str, Any]) -> Encoded:
        """Return a result as it is at the end; one that only a function or object holds counts if there is no other."""
        for word in accepted:
            value = namespace.get(word)
            if value is not None:
                return encode_value(value)
        if name in self.values:
            return self.step(name) if self.copying else encode_value(self.values[name])
        return ("none", b"") if any(word in namespace for word in accepted) else MISSING


def encode_value(value: Any) -> Encoded:
    """Turn whatever a student assigned into numbers, without ever trusting its methods' results further than that."""
    if value is None:
        return "none", b""
    if type(value) is np.ndarray and value.dtype == RAW and value.size <= MAX_ELEMENTS and value.ndim <= MAX_NDIM:
        return list(value.shape), value.tobytes()
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiu" or isinstance(value, str | bytes):
            return f"type:{_type_name(value, array)}", b""
        if array.size > MAX_ELEMENTS or array.ndim > MAX_NDIM:
            return f"shape:{array.shape!s:.80}", b""
        plain = np.array(array, RAW, subok=False, order="C")
        return [int(length) for length in plain.shape], plain.tobytes()
    except BaseException:  # noqa: BLE001 - a hostile or ragged value: whatever it raises, it is no array of numbers
        return f"type:{type(value).__name__!s:.60}", b""


def _type_name(value: Any, array: Any) -> str:
    name = str(type(value).__name__)[:60]
    return name if not isinstance(value, np.ndarray | list | tuple) else f"{name} of {array.dtype.name:.40}"
