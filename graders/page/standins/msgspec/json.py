"""JSON with the bytes that msgspec writes: a recorded bank's sha256 is that of its text."""

import dataclasses
import json
import math
from decimal import Decimal
from typing import Any

from .records import MsgspecError, convert
from .structs import asdict


class Decoder:
    """Decodes values of one type."""

    def __init__(self, type: Any = Any) -> None:
        self._type = type

    def decode(self, data: bytes | str) -> Any:
        """Return the value. Raises MsgspecError."""
        try:
            content = json.loads(data)
        except json.JSONDecodeError as error:
            raise MsgspecError(str(error)) from error
        return convert(content, self._type)


def decode(data: bytes | str, *, type: Any = Any) -> Any:
    """Return a value of a type. Raises MsgspecError."""
    return Decoder(type).decode(data)


def encode(value: Any) -> bytes:
    """Return the shortest JSON."""
    return _shortest(value).encode()


def _shortest(value: Any) -> str:
    if dataclasses.is_dataclass(value):
        return _shortest(asdict(value))
    match value:
        case dict():
            return "{" + ",".join(f"{_shortest(name)}:{_shortest(item)}" for name, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_shortest, value)) + "]"
        case float():
            return _float(value)
    # Only texts, whole numbers, truth values and None are left.
    return json.dumps(value, ensure_ascii=False)


def _float(value: float) -> str:
    """Return a number with an exponent from 1e16 on and below 1e-5, as msgspec writes it; Python begins at 1e-4."""
    if not math.isfinite(value):
        return "null"
    digits, _, exponent = repr(value).partition("e")
    if not exponent:
        return digits
    return format(Decimal(repr(value)), "f") if exponent == "-05" else f"{digits}e{int(exponent)}"
