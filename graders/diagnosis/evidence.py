"""The student's values and the right ones, on some telling networks, in shapes that can be compared.

A student may write a step in another shape than the reference (a row, a column, 1 x 1): as a value to go on from it is
put into the reference's shape where the number of elements agrees.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from graders.answers import Reference
from graders.comparison import RELATIVE, all_correct, compare, compare_in_layouts
from graders.exercise import Array, Network
from graders.inside.layouts import Axes
from graders.outcome import Verdict
from graders.sandbox.wire import FaultClaim

Value = Array | str
"""An array, or a word of the recording for what was none."""


class Observation(Struct, frozen=True, eq=False):
    """What the student's script did on one network, beside the right values."""

    network: Network
    right: Mapping[str, Array]
    actual: Mapping[str, Value]
    fault: FaultClaim | None


class Evidence(Struct, frozen=True, eq=False):
    """Observations, and the layouts in which the student wrote the weights of each result."""

    reference: Reference
    observations: Sequence[Observation]
    layouts: Mapping[str, Sequence[Axes]]

    def is_right(self, name: str) -> bool:
        """Tell at once whether a step has the right shape and value on every network; False is no verdict yet."""
        actual = [each.actual.get(name, "missing") for each in self.observations]
        return all_correct([each.right[name] for each in self.observations], actual)

    def verdict(self, name: str, expected: Array, actual: Value) -> Verdict:
        """Compare one value; a result in the layouts of its weights, any other step in any shape of the same size."""
        layouts = [axes for axes in self.layouts.get(name, ()) if sum(axis >= 0 for axis in axes) == expected.ndim]
        if layouts:
            return compare_in_layouts(expected, actual, layouts).verdict
        if name in self.layouts:
            return compare(expected, actual).verdict
        if not isinstance(actual, str) and actual.size == expected.size:
            actual = actual.reshape(expected.shape)
        return compare(expected, actual).verdict

    def in_reference_shape(self, name: str, expected: Array, actual: Array) -> Array:
        """Return a student's value as one to go on from with the reference's formulas."""
        for axes in self.layouts.get(name, ()):
            if sum(axis >= 0 for axis in axes) == expected.ndim and actual.ndim == len(axes):
                kept = [position for position, axis in enumerate(axes) if axis >= 0]
                order = np.argsort([axes[position] for position in kept])
                lengths = [actual.shape[position] for position in kept]
                if math.prod(lengths) == actual.size:
                    return actual.reshape(lengths).transpose(order)
        return actual.reshape(expected.shape) if actual.size == expected.size else actual


def is_same(value: Array, right: Value, *, shape_matters: bool) -> bool:
    """Tell whether a formula's value is the student's, NaN and infinity included, to rounding."""
    if isinstance(right, str):
        return False
    if value.shape != right.shape if shape_matters else value.size != right.size:
        return False
    flat, other = value.ravel(), right.ravel()
    finite = np.isfinite(flat)
    if not np.array_equal(finite, np.isfinite(other)) or not np.array_equal(
        flat[~finite], other[~finite], equal_nan=True
    ):
        return False
    largest = float(np.abs(other[finite]).max(initial=0.0))
    return bool(np.abs(flat[finite] - other[finite]).max(initial=0.0) <= RELATIVE * largest)
