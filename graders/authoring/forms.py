"""The form in which a solution writes its inputs: a list, tuples, a dictionary; and the givens made of them.

An exercise's givens are numbers, texts and booleans. A list is a given too, and a dictionary or a mixed tuple is made
of several; `use` puts them together again.
"""

import copy
from collections.abc import Mapping
from numbers import Number
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.trial import evaluate

_MOST_GIVENS = 12
"""Givens that one literal is taken apart into; with more, it stays a constant."""


_MOST_TEXTS = 6
"""Texts of a list that are a given each."""


class Composed(NamedTuple):
    """A literal as givens: by name the value of each, and the expression that builds the literal from them."""

    parts: Mapping[str, Any]
    expression: str

    def build(self, values: Mapping[str, Any]) -> Any:
        """Return the literal with these values (arrays, numbers, texts) of its givens."""
        return evaluate(self.expression, values)


def compose(name: str, value: Any) -> Composed | None:
    """Take a literal apart; None if there is nothing in it that could vary."""
    parts: dict[str, Any] = {}
    expression = _expression(name, value, parts)
    # A table of thirty entries as thirty givens would be read by nobody; it stays as the author wrote it.
    return Composed(parts, expression) if parts and len(parts) <= _MOST_GIVENS else None


def undivided(name: str, value: Any) -> Composed:
    """Return numbers in rows as a single given."""
    return Composed({name: value}, _from_array(name, value))


def _expression(name: str, value: Any, parts: dict[str, Any]) -> str:
    if columns := _mixed_columns(value):
        # A column of whole numbers names or counts things, whatever stands beside it: edges and their lengths.
        inner = ", ".join(_expression(f"{name}_{index}", list(column), parts) for index, column in enumerate(columns))
        return f"list(zip({inner}))"
    if isinstance(value, str | bool | np.bool_) or is_numeric(value):
        parts[name] = value
        return _from_array(name, value)
    if isinstance(value, dict):
        items = (f"{key!r}: {_member(name, key, part, parts)}" for key, part in value.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(value, list | tuple):
        return _of_sequence(name, value, parts)
    return repr(value)


def _mixed_columns(value: Any) -> list[tuple[Any, ...]]:
    """Return the columns of a list of tuples if they mean different things: whole numbers beside real ones, `a, b, km`.

    Numbers that ascend in each row mean the same.
    """
    if not holds_tuples(value) or not isinstance(value, list) or not is_numeric(value) or np.ndim(value) != 2:
        return []
    columns = list(zip(*value, strict=True))
    kinds = {has_whole_numbers(column) for column in columns}
    are_whole = kinds == {True} and len(columns) > 2 and not (np.diff(value, axis=1) > 0).all()
    return columns if len(kinds) > 1 or are_whole else []


def _of_sequence(name: str, value: list[Any] | tuple[Any, ...], parts: dict[str, Any]) -> str:
    """Return what builds a mixed list or tuple, or a short one of texts; a long one of texts stays as it is."""
    if all(isinstance(part, str) for part in value):
        if not 0 < len(value) <= _MOST_TEXTS:
            return repr(value)
        inner = ", ".join(_expression(f"{name}_{index}", part, parts) for index, part in enumerate(value))
    else:
        inner = ", ".join(_member(name, index, part, parts) for index, part in enumerate(value))
    return f"[{inner}]" if isinstance(value, list) else f"({inner},)"  # the comma: else one part is no tuple


def _member(name: str, key: Any, value: Any, parts: dict[str, Any]) -> str:
    word = f"{name}_{key}"
    if isinstance(value, str | bool) or not word.isidentifier():  # modes and flags in a configuration stay
        return repr(value)
    return _expression(word, value, parts)


def _from_array(name: str, value: Any) -> str:
    """Return what makes of a given, an array where it is several numbers, the form in which its author wrote it."""
    if holds_tuples(value):
        return _tuples_of(name, value)
    return f"{name}.tolist()" if isinstance(value, list) else name


def holds_tuples(value: Any) -> bool:
    """Tell whether a value is a tuple, or a list with one in it."""
    return isinstance(value, tuple) or (isinstance(value, list) and any(map(holds_tuples, value)))


def _tuples_of(name: str, value: Any) -> str:
    """Return what makes tuples of an array's rows, or of the whole."""
    rows = isinstance(value[0], tuple) and np.ndim(value) == 2
    inner = f"[tuple(row) for row in {name}.tolist()]" if rows else f"{name}.tolist()"
    return f"tuple({inner})" if isinstance(value, tuple) else inner


def is_numeric(value: Any) -> bool:
    """Tell whether a value is a number, or numbers in rows of the same length; not what is made of booleans."""
    if isinstance(value, bool) or not isinstance(value, int | float | list | tuple | np.ndarray | np.generic):
        return False  # a stand-in for a library that draws refuses to be asked
    try:
        array = np.asarray(value)
    except Exception:  # noqa: BLE001 - what stands in a list may be anything
        return False
    return array.dtype.kind in "fiu" and array.size > 0


def is_data(value: Any, depth: int = 0) -> bool:
    """Tell whether a value is made of numbers, texts and booleans, in any containers."""
    if value is None or isinstance(value, bool | Number | str | np.bool_):
        return True
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biufcU"  # arrays of objects hold anything
    if isinstance(value, dict):
        return all(
            isinstance(key, str | int | float | tuple) and is_data(part, depth + 1) for key, part in value.items()
        )
    # To a depth: a list may hold itself.
    return isinstance(value, list | tuple | set) and depth < 5 and all(is_data(part, depth + 1) for part in value)


def has_whole_numbers(value: Any) -> bool:
    """Tell whether all numbers are written as whole ones."""
    return is_numeric(value) and np.asarray(value).dtype.kind in "iu"


def plain(value: Any) -> Any:
    """Return a value as YAML can hold it."""
    return np.asarray(value).tolist() if is_numeric(value) else copy.deepcopy(value)


def is_same(value: Any, other: Any) -> bool:
    """Tell whether two results are equal in every number."""
    if is_numeric(value) and is_numeric(other):
        return np.array_equal(value, other)
    return repr(value) == repr(other)  # of what may hold arrays, `==` is not always true or false
