"""In which layouts an array can be written: transposed, as a column, as a row (also used by the trusted side)."""

import itertools
import math
from collections.abc import Iterator
from functools import cache

from .arrays import Array


class Layout(tuple[int, ...]):
    """A layout: for each axis of the student's array the lesson's axis it is, or -1 for an added axis of length 1."""

    __slots__ = ()

    def fits(self, ndim: int) -> bool:
        """Tell whether an array of `ndim` axes can be written like this; a layout that was claimed may be anything."""
        return self in layouts(ndim, len(self))

    def shape(self, lesson: tuple[int, ...]) -> tuple[int, ...]:
        """Return the shape in this layout of what has the shape `lesson` in the lesson."""
        return tuple(1 if axis < 0 else lesson[axis] for axis in self)

    def arrange(self, array: Array) -> Array:
        """Return the lesson's array in this layout, as a fresh one; one with other axes has none but its own."""
        axes = [axis for axis in self if axis >= 0]
        # A result may have another number of axes on another case: a flag or a list of hits, a number or its vector.
        if len(axes) != array.ndim:
            return array.copy()
        ordered = array.transpose(axes)
        return ordered.reshape(self.shape(array.shape)).copy()

    def restore(self, array: Array) -> Array | None:
        """Return an array of this layout in the lesson's, or None if it does not have this layout."""
        if array.ndim != len(self):
            return None
        kept = [position for position, axis in enumerate(self) if axis >= 0]
        lengths = [array.shape[position] for position in kept]
        if math.prod(lengths) != array.size:  # an added axis is longer than 1
            return None
        axes = [self[position] for position in kept]
        return array.reshape(lengths).transpose(sorted(range(len(axes)), key=axes.__getitem__))


@cache  # asked for every value of every site, and there are a dozen answers
def layouts(ndim: int, wanted_ndim: int) -> tuple[Layout, ...]:
    """Return the ways to write an array of `ndim` axes with `wanted_ndim`, the most natural first."""
    # A number may become a 1 x 1 matrix and a vector a column, but nobody writes a matrix with three axes.
    if not ndim <= wanted_ndim <= max(2, ndim):
        return ()
    return tuple(_layouts(ndim, wanted_ndim))


def _layouts(ndim: int, wanted_ndim: int) -> Iterator[Layout]:
    for order in itertools.permutations(range(ndim)):
        for positions in itertools.combinations(range(wanted_ndim), wanted_ndim - ndim):
            axes = iter(order)
            yield Layout(-1 if position in positions else next(axes) for position in range(wanted_ndim))
