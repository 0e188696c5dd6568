"""One value against one expected value, and many at once.

Right is max|a-b| ≤ 1e-9 · max|expected| + 1e-12: algebraically equal programs differ by at most 8e-15 of the largest
element on informative networks, and the smallest effect of a mistake is 1e-4 (own measurements over 63 equivalent forms
and 105 mistakes). numpy's `allclose` is not used: its absolute tolerance accepts anything near 1e-8, and it broadcasts.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graders.exercise import Array
from graders.inside.layouts import Axes, arrange
from graders.outcome import PRECEDENCE, Verdict
from graders.sandbox.wire import Column

RELATIVE, ABSOLUTE = 1e-9, 1e-12
REDUCED = 1e-5
"""Single precision is within this of the right value; no mistake is."""

DECIMALS = (3, 4, 6, 8)
"""Rounding to so many decimals is wrong, and named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`reduced`: right only to single precision. `same_numbers`: wrong shape, but the numbers are the right ones."""

    verdict: Verdict
    reduced: bool = False
    same_numbers: bool = False


CORRECT = Comparison(verdict=Verdict.CORRECT)


def compare(expected: Array, actual: Array | str) -> Comparison:
    """Compare a value with the expected one. `actual`: float64 of any shape, or a word for what is no array."""
    if isinstance(actual, str):
        return Comparison(verdict=_verdict_of_word(actual))
    if actual.shape != expected.shape:
        same = actual.size == expected.size and any(
            _distance(form.ravel(), actual.ravel()) <= RELATIVE for form in (expected, expected.T)
        )
        return Comparison(verdict=Verdict.WRONG_SHAPE, same_numbers=same)
    difference = _largest(actual - expected)
    if not math.isfinite(difference):
        return Comparison(verdict=Verdict.NOT_FINITE)
    largest = _largest(expected)
    if difference <= RELATIVE * largest + ABSOLUTE:
        return CORRECT
    if difference <= REDUCED * largest:
        return Comparison(verdict=Verdict.CORRECT, reduced=True)
    return Comparison(verdict=Verdict.WRONG_VALUE)


def compare_in_layouts(expected: Array, actual: Array | str, layouts: Sequence[Axes]) -> Comparison:
    """Compare in each of the layouts in which the student wrote the weights; the best counts."""
    found = [compare(arrange(expected, axes), actual) for axes in layouts]
    return found[0] if len(found) == 1 else max(found, key=lambda comparison: PRECEDENCE[comparison.verdict])


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


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """The right values of one result on all networks, laid out for one comparison of them all."""

    values: Sequence[Array]
    shapes: list[list[int]]
    flat: Array
    starts: npt.NDArray[np.intp]
    tolerance: Array

    @classmethod
    def of(cls, values: Sequence[Array]) -> "Expected":
        """Precompute what does not depend on the submission."""
        sizes = [value.size for value in values]
        largest = np.array([np.abs(value).max(initial=0.0) for value in values])
        return cls(
            values=values,
            shapes=[list(value.shape) for value in values],
            flat=np.concatenate([value.ravel() for value in values]) if values else np.zeros(0),
            starts=np.cumsum([0, *sizes[:-1]]),
            tolerance=RELATIVE * largest + ABSOLUTE,
        )

    def all_equal(self, column: Column) -> bool:
        """Tell whether every value is right, in shape and number; False is no verdict yet."""
        if column.shapes != self.shapes or not self.shapes:
            return False
        with np.errstate(invalid="ignore"):
            differences = np.abs(column.flat - self.flat)  # NaN compares as False below
        return bool((np.maximum.reduceat(differences, self.starts) <= self.tolerance).all())


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
