"""One value against one expected value, and many at once: the only place that says what is close enough.

Right is max|a-b| ≤ 1e-9 · max|expected| + 1e-12: algebraically equal programs differ by at most 8e-15 of the largest
element on informative cases, and the smallest effect of a mistake is 1e-4 (own measurements over 63 equivalent forms
and 105 mistakes). numpy's `allclose` is not used: its absolute tolerance accepts anything near 1e-8, and it broadcasts.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from graders.inside.arrays import Array, Truths
from graders.inside.layouts import Layout
from graders.judging.rules import USUAL, Rule, verdict_by_form
from graders.outcome import PRECEDENCE, Verdict
from graders.sandbox.reply import Column

_REDUCED = 1e-5
"""Single precision is within this of the right value; a mistake is hardly ever, and on every case none is."""

DECIMALS = (3, 4, 6, 8)
"""Rounding to so many decimals is wrong, and named."""

Value = Array | str
"""An array, or a word of the recording for what was not one."""


class Comparison(NamedTuple):
    """`reduced`: right only to single precision. `same_numbers`: wrong shape, but the numbers are the right ones."""

    verdict: Verdict
    reduced: bool = False
    same_numbers: bool = False


RIGHT = Comparison(Verdict.CORRECT)
_NEARLY_RIGHT = Comparison(Verdict.CORRECT, reduced=True)
_WRONG_VALUE = Comparison(Verdict.WRONG_VALUE)
_NOT_FINITE = Comparison(Verdict.NOT_FINITE)

OF_FAULT = {
    "forbidden": Verdict.FORBIDDEN,
    "memory": Verdict.MEMORY_LIMIT,
    "output": Verdict.OUTPUT_LIMIT,
    "time": Verdict.TIMEOUT,
    "exit": Verdict.CRASHED,
}
"""By kind of fault, the verdict; on any other it is that the script raised."""


def is_close(actual: Array, expected: Array) -> Truths:
    """Return for each element whether it is right to rounding; NaN and infinity never are. Both have one shape."""
    # Infinity minus infinity is NaN, and no number is near NaN: the comparison is False then, which is meant.
    with np.errstate(all="ignore"):
        largest = _largest(expected[np.isfinite(expected)])
        return np.asarray(np.abs(actual - expected) <= USUAL.allowed(largest))


def is_same(value: Array, other: Array) -> bool:
    """Tell whether two values agree to rounding, in shape, NaN and infinity too."""
    if value.shape != other.shape:
        return False
    alike = is_close(value, other) | (value == other) | (np.isnan(value) & np.isnan(other))
    return bool(alike.all())


def compare(expected: Array, actual: Value, layouts: Sequence[Layout] = (), rule: Rule = USUAL) -> Comparison:
    """Compare a value with the expected one. `actual`: float64 of any shape, or a word for what is not an array.

    `layouts`: those in which it may be written, of which the best counts; without any, the lesson's.
    """
    # Code points have no axes to turn.
    if not layouts or rule.exactly:
        return _compare(expected, actual, rule)
    return max((_compare(layout.arrange(expected), actual, rule) for layout in layouts), key=_rank)


def _compare(expected: Array, actual: Value, rule: Rule) -> Comparison:
    if isinstance(actual, str):
        return Comparison(_verdict_of_word(actual))
    if rule.exactly:
        return Comparison(verdict_by_form(expected, actual))
    # Before any subtraction, which would broadcast other shapes into something that may agree.
    if actual.shape != expected.shape:
        forms = (expected, expected.T)
        same = actual.size == expected.size and any(is_close(actual.ravel(), form.ravel()).all() for form in forms)
        return Comparison(Verdict.WRONG_SHAPE, same_numbers=same)
    if rule.is_rounded_right(expected, actual):
        return RIGHT
    return _compared(_largest(rule.aligned(expected, actual) - expected), _largest(expected), rule)


def _compared(difference: float, largest: float, rule: Rule) -> Comparison:
    """Return what the largest difference means beside the largest expected element."""
    # First: NaN compares as False with everything, and would fall through to a wrong value.
    if not math.isfinite(difference):
        return _NOT_FINITE
    if difference <= rule.allowed(largest):
        return RIGHT
    return _NEARLY_RIGHT if difference <= _REDUCED * largest else _WRONG_VALUE


def _rank(comparison: Comparison) -> tuple[bool, int]:
    # In the layout that has the value's shape, which may hold NaN: in any other its shape would be wrong.
    return comparison.verdict is not Verdict.WRONG_SHAPE, PRECEDENCE[comparison.verdict]


def rounded_to(expected: Sequence[Array], actual: Sequence[Value]) -> int | None:
    """Return the number of decimals if the actual values are the expected ones, rounded."""
    # Fewest first: where the right values have few decimals themselves, several counts fit.
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
    """The right values of one step or result on some cases, laid out for one comparison of them all."""

    def __init__(self, values: Sequence[Array], rule: Rule = USUAL) -> None:
        """Precompute what does not depend on the submission."""
        self._rule = rule
        sizes = [value.size for value in values]
        self.values = values
        self._shapes = [list(value.shape) for value in values]
        # an empty value has no largest difference
        self._at_once = 0 not in sizes and bool(sizes) and rule.is_by_distance
        self._flat = flat(values)
        # `reduceat` takes the largest of each value in one pass over all numbers; a call for each would cost far more.
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._largest = np.maximum.reduceat(np.abs(self._flat), self._starts) if self._at_once else self._flat
        self._all_right = [RIGHT] * len(values)
        self._lesson = Layout(range(values[0].ndim if values else 0))
        # A class writes in few layouts, and every submission is compared with these same objects.
        self._in_layout: dict[Layout, Expected] = {self._lesson: self}

    def compare(self, column: Column, layouts: Sequence[Layout] = ()) -> list[Comparison]:
        """Compare each value in each of the layouts in which it may be written, of which the best counts.

        Without layouts it must be in the lesson's. The list is `RIGHT` throughout if all values are right.
        """
        found = []
        for layout in () if self._rule.exactly else layouts:
            comparisons = self._arranged(layout)._compare(column)
            if comparisons.count(RIGHT) == len(comparisons):
                return comparisons  # no other layout can be better
            found.append(comparisons)
        if not found:
            return self._compare(column)
        return found[0] if len(found) == 1 else [max(items, key=_rank) for items in zip(*found, strict=True)]

    def _arranged(self, layout: Layout) -> "Expected":
        if layout not in self._in_layout:
            self._in_layout[layout] = Expected([layout.arrange(value) for value in self.values], self._rule)
        return self._in_layout[layout]

    def _compare(self, column: Column) -> list[Comparison]:
        if not self._at_once or column.shapes != self._shapes:
            return [_compare(*pair, self._rule) for pair in zip(self.values, column.values(), strict=True)]
        with np.errstate(invalid="ignore"):
            differences = np.maximum.reduceat(np.abs(column.flat - self._flat), self._starts)
        if (differences <= self._rule.allowed(self._largest)).all():  # the usual case; False for NaN
            return self._all_right
        pairs = zip(differences.tolist(), self._largest.tolist(), strict=True)
        return [_compared(difference, largest, self._rule) for difference, largest in pairs]


def flat(values: Sequence[Array]) -> Array:
    """Return the numbers of all values, one after another."""
    return np.concatenate([np.zeros(0), *(value.ravel() for value in values)])


def _verdict_of_word(word: str) -> Verdict:
    kind, _, rest = word.partition(":")
    if kind in ("missing", "none"):
        return Verdict.MISSING
    if kind == "raised":
        return OF_FAULT.get(rest.partition(":")[0], Verdict.EXCEPTION)  # behind it stands the exception's class
    return Verdict.WRONG_SHAPE if kind == "shape" else Verdict.WRONG_TYPE


def _largest(values: Array) -> float:
    """Return the largest absolute value, 0 of none; NaN if there is one."""
    return float(np.maximum.reduce(np.abs(values), axis=None, initial=0.0))


def are_same(values: Sequence[Value], others: Sequence[Value]) -> bool:
    """Tell whether values are the very same on each case, as where one was only handed on."""
    for value, other in zip(values, others, strict=True):
        # Words first: numpy compares a text with an array element by element, or warns.
        if isinstance(value, str) or isinstance(other, str):
            if not (isinstance(value, str) and isinstance(other, str) and value == other):
                return False
        elif not np.array_equal(value, other, equal_nan=True):
            return False
    return True
