"""The parts of a result, each made comparable: numbers, or what is compared exactly."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.forms import is_data, is_numeric

_MOST_RESULTS = 8
"""Results that one value is taken apart into; nobody would read more."""


class Outcome(NamedTuple):
    """A result. `expression`: how `use` gets it from the author's names; empty if it is one of them."""

    name: str
    expression: str
    exactly: bool


def taken_apart(name: str, expression: str, values: Sequence[Any], taken: set[str]) -> Iterator[Outcome]:
    """Yield a value as results; one whose parts are always the same ones part by part."""
    # The order matters: numbers are tolerant of rounding, and whatever reaches the end is compared to the letter.
    keys = _common_keys(values)
    plain = "" if name == expression else expression
    if columns := _columns_of(values):
        yield from _of_attributes(name, expression, columns, taken)
    elif _are_numbers(values):
        yield Outcome(name, plain, exactly=False)
    elif parts := _parts_of_numbers(values):
        yield from _of_number_parts(name, expression, parts, taken)
    elif keys is not None and len(keys) <= _MOST_RESULTS:
        yield from _of_keys(name, expression, values, taken, keys)
    elif _have_reals_by_key(values):
        yield from _of_dictionary(name, expression, values, taken)
    elif width := _common_width(values):
        yield from _of_rows(name, expression, values, taken, width)
    else:
        yield Outcome(name, plain, exactly=True)


def attributes_of(value: Any) -> dict[str, Any]:
    """Return the attributes of an object of the solution's own, if all of them can be compared."""
    if type(value).__module__ != "__main__" or isinstance(value, type | Enum):
        return {}
    found = {name: part for name, part in getattr(value, "__dict__", {}).items() if not name.startswith("_")}
    return found if all(map(is_data, found.values())) else {}


def _columns_of(values: Sequence[Any]) -> dict[str, list[Any]]:
    """Return by attribute what some objects, or members of an enumeration, have there; nothing for other values."""
    if all(isinstance(value, Enum) for value in values):
        return {"name": [value.name for value in values]}
    if not all(map(attributes_of, values)):
        return {}
    return {attribute: [getattr(value, attribute) for value in values] for attribute in attributes_of(values[0])}


def _of_attributes(
    name: str, expression: str, columns: Mapping[str, Sequence[Any]], taken: set[str]
) -> Iterator[Outcome]:
    """Yield the attributes of objects; several single numbers are one result, as the coordinates of a vector are."""
    if len(columns) > 1 and all(_are_numbers(column) and not np.ndim(column[0]) for column in columns.values()):
        whole = ", ".join(f"{expression}.{attribute}" for attribute in columns)
        yield Outcome(_free_name(f"{name}_numbers", taken), f"[{whole}]", exactly=False)
        return
    for attribute, column in columns.items():
        word = _free_name(f"{name}_{attribute}", taken)
        yield from taken_apart(word, f"{expression}.{attribute}", column, taken)


def _of_keys(
    name: str, expression: str, values: Sequence[Any], taken: set[str], keys: Sequence[Any]
) -> Iterator[Outcome]:
    """Yield what stands at the keys of dictionaries, or at the places of tuples, each as results of its own."""
    for key in keys:
        is_word = isinstance(key, int) or str(key).isidentifier()
        word = _free_name(f"{name}_{key}" if is_word else f"{name}_part", taken)
        yield from taken_apart(word, f"{expression}[{key!r}]", [value[key] for value in values], taken)


def _are_numbers(values: Sequence[Any]) -> bool:
    """Tell whether values are numbers; on some inputs a list of them may be empty."""
    return all(is_numeric(value) or _is_empty(value) for value in values) and any(map(is_numeric, values))


def _of_number_parts(name: str, expression: str, parts: Mapping[str, str], taken: set[str]) -> Iterator[Outcome]:
    # A report has real numbers, no fractions and no complex ones.
    for word, part in parts.items():
        yield Outcome(_free_name(f"{name}_{word}", taken), part.format(expression), exactly=False)


def _parts_of_numbers(values: Sequence[Any]) -> dict[str, str]:
    """Return by a word what makes real numbers of fractions or complex numbers; nothing for other values."""
    if all(isinstance(value, Fraction | Decimal) for value in values):
        return {"value": "float({})"}
    if all(isinstance(value, complex | np.ndarray) and np.asarray(value).dtype.kind == "c" for value in values):
        return {"real": "np.real({})", "imag": "np.imag({})"}
    return {}


def _of_rows(name: str, expression: str, values: Sequence[Any], taken: set[str], width: int) -> Iterator[Outcome]:
    """Yield the columns of a list of mixed tuples: texts are compared exactly, the numbers beside them are not."""
    for place in range(width):
        word = _free_name(f"{name}_{place}", taken)
        column = [[row[place] for row in value] for value in values]
        yield from taken_apart(word, f"[row[{place}] for row in {expression}]", column, taken)


def _of_dictionary(name: str, expression: str, values: Sequence[Any], taken: set[str]) -> Iterator[Outcome]:
    """Yield a dictionary whose keys vary as its keys, and what stands there, in one order."""
    # Sorted, since the order in which a dictionary was filled is nobody's mistake.
    keys, parts = _free_name(f"{name}_keys", taken), _free_name(f"{name}_values", taken)
    yield Outcome(keys, f"sorted({expression})", exactly=True)
    columns = [[value[key] for key in sorted(value)] for value in values]
    yield from taken_apart(parts, f"[{expression}[key] for key in sorted({expression})]", columns, taken)


def _have_reals_by_key(values: Sequence[Any]) -> bool:
    return all(isinstance(value, dict) for value in values) and _has_reals(values)


def _is_empty(value: Any) -> bool:
    return isinstance(value, list | tuple | np.ndarray) and len(value) == 0


def _has_reals(value: Any) -> bool:
    """Tell whether there are real numbers in a value: they may differ in their last digits, and are compared so."""
    if isinstance(value, dict):
        return any(map(_has_reals, value.values()))
    if isinstance(value, list | tuple | set):
        return any(map(_has_reals, value))
    return isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.dtype.kind == "f")


def _common_width(values: Sequence[Any]) -> int:
    """Return how long the rows of lists of mixed tuples are, or 0."""
    if not all(isinstance(value, list) for value in values):
        return 0
    rows = [row for value in values for row in value]
    # Without real numbers nothing is rounded, and the whole list may be compared exactly.
    if not all(isinstance(row, tuple) for row in rows) or not _has_reals(rows):
        return 0
    widths = {len(row) for row in rows}
    return widths.pop() if len(widths) == 1 else 0


def _common_keys(values: Sequence[Any]) -> list[Any] | None:
    """Return what all these values have: keys of dictionaries, places of tuples; None if that varies."""
    if all(isinstance(value, dict) for value in values):
        return _shared_words(values)
    if all(isinstance(value, tuple) for value in values) and len({len(value) for value in values}) == 1:
        return list(range(len(values[0])))
    return None


def _shared_words(dictionaries: Sequence[Mapping[Any, Any]]) -> list[Any] | None:
    """Return the keys if they are the same texts in all dictionaries, in the first one's order."""
    first = dictionaries[0]
    if any(each.keys() != first.keys() for each in dictionaries):
        return None
    return list(first) if all(isinstance(key, str) for key in first) else None


def _free_name(word: str, taken: set[str]) -> str:
    # No number at the end: `x_1` may be the name of a later part.
    while word in taken:
        word += "_"
    taken.add(word)
    return word
