"""What a given is for a script: a real number, a whole one, a text (also used by the trusted side)."""

import copy
from array import array as typed_array
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .arrays import Array


class GivenKind(NamedTuple):
    """How the numbers of a case become what a script gets. `words`: what they are positions in, if not empty."""

    whole: bool = False
    words: Sequence[Any] = ()


REAL = GivenKind()


def value_of(array: Array, kind: GivenKind) -> Any:
    """Return a fresh value: a number, an array, or a text (a list of them)."""
    if kind.words:
        return _chosen(array.tolist(), kind.words)
    if kind.whole:
        return array.astype(np.int64) if array.ndim else int(array)
    # A copy, since a script may change it in place; `item`, since a student writes 0.5 and no array of no axes.
    return array.copy() if array.ndim else array.item()


def _chosen(positions: Any, words: Sequence[Any]) -> Any:
    if isinstance(positions, list):
        return [_chosen(each, words) for each in positions]
    return copy.deepcopy(words[int(positions)])  # a word may be a list, which one case must not change for the next


def is_whole(prototype: Any) -> bool:
    """Tell whether what a student wrote is made of whole numbers."""
    if isinstance(prototype, list | tuple):
        return all(is_whole(each) for each in prototype)
    if isinstance(prototype, np.ndarray):
        return prototype.dtype.kind in "iu" or (prototype.dtype.kind == "O" and is_whole(prototype.tolist()))
    if isinstance(prototype, typed_array):
        return prototype.typecode not in "fd"
    return isinstance(prototype, int | np.integer)
