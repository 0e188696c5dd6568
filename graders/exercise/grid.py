"""The numbers that random cases are made of: tenths, finer ones where the range needs them, or steps between powers."""

import math
from collections.abc import Callable

from graders.errors import ExerciseError
from graders.exercise.content import Given

# Tenths: a student can follow them with a pencil, and they print alike everywhere.
GRID = 10
"""Values are whole numbers divided by this, or by a higher power of ten where the range is narrow."""

_FEWEST_STEPS, _FINEST = 10, 10**15
"""A range has at least so many steps of its grid, and no grid is finer than floating point."""

_PER_DECADE, _SLACK = 4, 1e-9
"""Numbers in powers of ten: 1, 1.78, 3.16, 5.62, 10 …; a bound itself is one of them where it is a power."""


def whole_numbers(name: str, given: Given) -> tuple[int, int | str, Callable[[int], float]]:
    """Return the whole numbers to draw from, and what number one of them stands for.

    A dimension's name as the last one means: below its length.
    """
    if given.integers is not None:
        return *given.integers, float
    if given.choice is not None:
        return 0, len(given.choice) - 1, (float if given.words else lambda index: float(given.choice[index]))
    if given.powers is not None:
        low, high = given.powers
        first, last = (
            math.ceil(math.log10(low) * _PER_DECADE - _SLACK),
            math.floor(math.log10(high) * _PER_DECADE + _SLACK),
        )
        # Three digits are what a power shows on paper, and the same on every processor.
        return first, last, lambda step: float(f"{10 ** (step / _PER_DECADE):.3g}")
    assert given.random is not None
    scale, first, last = grid(f"givens.{name}", *given.random)
    return first, last, lambda number: number / scale


def grid(place: str, low: float, high: float) -> tuple[int, int, int]:
    """Return what to divide by, and the smallest and largest whole number to divide. Raises ExerciseError.

    A tenth where the range has ten of them or more, else the next power of ten that has.
    """
    scale = GRID
    while scale <= _FINEST:
        # Not floor and ceil: 0.7 * 10 is more than 7, though 7 / 10 is 0.7.
        first, last = round(low * scale), round(high * scale)
        first += first / scale < low
        last -= last / scale > high
        if last - first >= _FEWEST_STEPS:
            return scale, first, last
        scale *= 10
    raise ExerciseError(f"exercise.yaml: {place}.random: found [{low}, {high}], expected a wider range")
