"""One value against one expected value, and many at once.

Right is max|a-b| ≤ 1e-9 · max|expected| + 1e-12: algebraically equal programs differ by at most 8e-15 of the largest
element on informative networks, and the smallest effect of a mistake is 1e-4 (own measurements over 63 equivalent forms
and 105 mistakes). numpy's `allclose` is not used: its absolute tolerance accepts anything near 1e-8, and it broadcasts.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from graders.exercise import Array
from graders.inside.layouts import Axes, arrange
from graders.outcome import PRECEDENCE, Verdict
from graders.sandbox.wire import Column

RELATIVE, ABSOLUTE = 1e-9, 1e-12
REDUCED = 1e-5
"""Single precision is within this of the right value; no mistake is."""

DECIMALS = (3, 4, 6, 8)
"""Rounding to so many decimals is wrong, and named."""


class Comparison(Struct, frozen=True, kw_only=True):
    """`reduced`: right only to single precision. `same_numbers`: wrong shape, but the numbers are the right ones."""

    verdict: Verdict
    reduced: bool = False
    same_numbers: bool = False


CORRECT = Comparison(verdict=Verdict.CORRECT)
NEARLY_CORRECT = Comparison(verdict=Verdict.CORRECT, reduced=True)
WRONG_VALUE = Comparison(verdict=Verdict.WRONG_VALUE)
NOT_FINITE = Comparison(verdict=Verdict.NOT_FINITE)


def compare(expected: Array, actual: Array | str) -> Comparison:
    """Compare a value with the expected one. `actual`: float64 of any shape, or a word for what is no array."""
    if isinstance(actual, str):
        return Comparison(verdict=_verdict_of_word(actual))
    if actual.shape != expected.shape:
        same = actual.size == expected.size and any(
            _distance(form.ravel(), actual.ravel()) <= RELATIVE for form in (expected, expected.T)
        )
        return Comparison(verdict=Verdict.WRONG_SHAPE, same_numbers=same)
    return _compared(_largest(actual - expected), _largest(expected))


def _compared(difference: float, largest: float) -> Comparison:
    """Return what the largest difference means beside the largest expected element."""
    if not math.isfinite(difference):
        return NOT_FINITE
    if difference <= RELATIVE * largest + ABSOLUTE:
        return CORRECT
    return NEARLY_CORRECT if difference <= REDUCED * largest else WRONG_VALUE


def compare_in_layouts(expected: Array, actual: Array | str, layouts: Sequence[Axes]) -> Comparison:
    """Compare in each of the layouts in which the student wrote the weights; the best counts."""
    found = [compare(arrange(expected, axes), actual) for axes in layouts]
    return max(found, key=_rank)


def _rank(comparison: Comparison) -> int:
    return PRECEDENCE[comparison.verdict]


def all_correct(expected: Sequence[Array], actual: Sequence[Array | str]) -> bool:
    """Tell at once whether all values are right, in shape and number; False is no verdict yet."""
    arrays = [value for value in actual if not isinstance(value, str)]
    if len(arrays) < len(actual):
        return False
    return Expected(expected).all_equal(Column([list(value.shape) for value in arrays], _flat(arrays)))


def rounded_to(expected: Sequence[Array], actual: Sequence[Array | str]) -> int | None:
    """Return the number of decimals if the actual values are the expected ones, rounded."""
    for decimals in DECIMALS:
        if all(
            not isinstance(value, str)
            and value.size == right.size
            and np.abs(value.ravel() - np.round(right, decimals).ravel()).max(initial=0.0) <= 10.0 ** -(decimals + 6)
            for right, value in zip(expected, actual, strict=True)
        ):
            return decimals
    return None


class Expected:
    """The right values of one step or result on some networks, laid out for one comparison of them all."""

    def __init__(self, values: Sequence[Array]) -> None:
        """Precompute what does not depend on the submission."""
        sizes = [value.size for value in values]
        self.values = values
        self._shapes = [list(value.shape) for value in values]
        self._at_once = 0 not in sizes and bool(sizes)  # an empty value has no largest difference
        self._flat = _flat(values)
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._largest = np.maximum.reduceat(np.abs(self._flat), self._starts) if self._at_once else self._flat
        self._in_layout: dict[Axes, Expected] = {tuple(range(values[0].ndim if values else 0)): self}

    def all_equal(self, column: Column) -> bool:
        """Tell whether every value is right, in shape and number; False is no verdict yet."""
        if not self._at_once or column.shapes != self._shapes:
            return False
        return bool((self._differences(column) <= RELATIVE * self._largest + ABSOLUTE).all())

    def compare(self, column: Column, layouts: Sequence[Axes]) -> list[Comparison]:
        """Compare each value in each of the layouts in which the student wrote the weights; the best counts."""
        found = [self._arranged(axes)._compare(column) for axes in layouts]
        return found[0] if len(found) == 1 else [max(items, key=_rank) for items in zip(*found, strict=True)]

    def _arranged(self, axes: Axes) -> "Expected":
        if axes not in self._in_layout:
            self._in_layout[axes] = Expected([arrange(value, axes) for value in self.values])
        return self._in_layout[axes]

    def _compare(self, column: Column) -> list[Comparison]:
        if not self._at_once or column.shapes != self._shapes:
            return [compare(*pair) for pair in zip(self.values, column.values(), strict=True)]
        pairs = zip(self._differences(column).tolist(), self._largest.tolist(), strict=True)
        return [_compared(difference, largest) for difference, largest in pairs]

    def _differences(self, column: Column) -> Array:
        """Return the largest difference on each network; NaN if there is one."""
        with np.errstate(invalid="ignore"):
            return np.maximum.reduceat(np.abs(column.flat - self._flat), self._starts)


def _flat(values: Sequence[Array]) -> Array:
    return np.concatenate([np.zeros(0), *(value.ravel() for value in values)])


def _verdict_of_word(word: str) -> Verdict:
    kind = word.partition(":")[0]
    if kind in ("missing", "none"):
        return Verdict.MISSING
    return Verdict.WRONG_SHAPE if kind == "shape" else Verdict.WRONG_TYPE


def _largest(values: Array) -> float:
    """Return the largest absolute value, 0 of none; NaN if there is one."""
    return float(np.maximum.reduce(np.abs(values), axis=None, initial=0.0))


def _distance(expected: Array, actual: Array) -> float:
    """Return the largest difference in units of the largest expected element."""
    largest, difference = _largest(expected), _largest(expected - actual)
    return difference / largest if largest else difference
