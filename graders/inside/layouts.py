"""In which layouts an array can be written: transposed, as a column, as a row (also used by the trusted side)."""

import itertools
from collections.abc import Iterator
from functools import cache

from .arrays import Array

Axes = tuple[int, ...]
"""A layout: for each axis of the student's array the lesson's axis it is, or -1 for an added axis of length 1."""


@cache
def layouts(ndim: int, wanted_ndim: int) -> tuple[Axes, ...]:
    """Return the ways to write an array of `ndim` axes with `wanted_ndim`, the most natural first."""
    if not ndim <= wanted_ndim <= max(2, ndim):
        return ()
    return tuple(_layouts(ndim, wanted_ndim))


def _layouts(ndim: int, wanted_ndim: int) -> Iterator[Axes]:
    for order in itertools.permutations(range(ndim)):
        for positions in itertools.combinations(range(wanted_ndim), wanted_ndim - ndim):
            axes = iter(order)
            yield tuple(-1 if position in positions else next(axes) for position in range(wanted_ndim))


def arrange(array: Array, axes: Axes) -> Array:
    """Return a fresh array in the given layout."""
    ordered = array.transpose([axis for axis in axes if axis >= 0])
    return ordered.reshape([1 if axis < 0 else array.shape[axis] for axis in axes]).copy()
