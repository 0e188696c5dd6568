"""The student's values and the right ones, on some telling cases, in shapes that can be compared.

A student may write a step in another shape than the reference (a row, a column, 1 x 1): as a value to go on from it is
put into the reference's shape where the number of elements agrees.
"""

import itertools
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from graders.exercise.asked import Case
from graders.exercise.reference import Reference
from graders.inside.arrays import Array
from graders.inside.forms import as_looked_at, as_told
from graders.inside.layouts import Layout
from graders.judging.comparison import Expected, Value, compare, flat, is_same
from graders.judging.rules import USUAL, Rule
from graders.judging.stops import is_past
from graders.outcome import PRECEDENCE, Verdict
from graders.sandbox.reply import Column, End, FaultClaim, Span


class Observation(NamedTuple):
    """What the student's script did on one case, beside the right values.

    `stopped_at`: the step in whose statement it raised something, where that is known; `unwritten`: the step that was
    used there, and that nothing gives a value.
    """

    case: Case
    right: Mapping[str, Array]
    actual: Mapping[str, Value]
    fault: FaultClaim | None
    stopped_at: str | None = None
    unwritten: str | None = None


class Evidence(NamedTuple):
    """Observations, and for each result the layouts in which it may be written, and how it is compared.

    `within`: steps that no name stands for, and whose right values are within what is computed.
    `settled`: behind which lines a name is computed no more, where the script stopped; `ongoing`: in which ones its
    value is gone on from.

    Any other step may be in any shape.
    """

    reference: Reference
    observations: Sequence[Observation]
    layouts: Mapping[str, Sequence[Layout]]
    rules: Mapping[str, Rule] = {}
    settled: Mapping[str, Sequence[End]] = {}
    ongoing: Mapping[str, Sequence[Span]] = {}
    within: Set[str] = frozenset()

    def verdicts(self, name: str) -> list[Verdict]:
        """Compare a step with the right value on every case."""
        right = [each.right[name] for each in self.observations]
        actual = [self._comparable(name, *pair) for pair in zip(right, self._values(name), strict=True)]
        shapes = [value if isinstance(value, str) else list(value.shape) for value in actual]
        # As a column, so that all cases are compared at once.
        column = Column(shapes, flat([value for value in actual if not isinstance(value, str)]))
        return [
            item.verdict
            for item in Expected(right, self.rules.get(name, USUAL)).compare(column, self.layouts.get(name, ()))
        ]

    def goes_on(self, name: str, fault: FaultClaim | None) -> bool:
        """Tell whether a script stopped in a loop that computes a step further, such as a sum."""
        whole = self.reference.whole
        if fault is None or whole is None or whole.use.lines:
            return False
        return not is_past(self.settled.get(name, ()), fault)

    def raised_amid(self, name: str, fault: FaultClaim | None) -> FaultClaim | None:
        """Return what a script raised in a loop or a statement that goes on from what a step was, or fills it."""
        spans = () if fault is None else itertools.product(self.ongoing.get(name, ()), fault.trail)
        is_amid = any(at == cell and first <= line <= last for (cell, first, last), (at, line) in spans)
        return fault if is_amid else None

    def verdict(self, name: str, expected: Array, actual: Value) -> Verdict:
        """Compare one value with one that it might have."""
        rule = self.rules.get(name, USUAL)
        return compare(expected, self._comparable(name, expected, actual), self._fitting(name, expected), rule).verdict

    def verdict_on(self, name: str, observation: Observation) -> Verdict:
        """Compare what a step was on one case with the right value."""
        return self.verdict(name, observation.right[name], observation.actual.get(name, "missing"))

    def as_seen(self, name: str) -> list[Value]:
        """Return what a name was on each case, as a place of the script is seen that gives it."""
        is_form = self.rules.get(name, USUAL).exactly
        return [value if isinstance(value, str) or not is_form else as_looked_at(value) for value in self._values(name)]

    def is_given_as_none(self, name: str, actual: Value) -> bool:
        """Tell whether a line of `use` gave None: it ran, whatever another line raised."""
        whole = self.reference.whole
        return isinstance(actual, str) and actual == "none" and whole is not None and name in whole.use.assigned

    def is_open(self, name: str) -> bool:
        """Tell whether a step is still to be written: it is None on some case, or used and nothing gives it a value."""
        is_none = any(isinstance(value, str) and value == "none" for value in self._values(name))
        return is_none or any(each.unwritten == name for each in self.observations)

    def is_formulas(self, name: str, value: Array, actual: Value) -> bool:
        """Tell whether the student's value is a formula's, NaN and infinity too, in a shape it may have."""
        found = self._comparable(name, value, actual)
        if isinstance(found, str):
            return False
        layouts = self._fitting(name, value)
        return any(is_same(found, form) for form in [layout.arrange(value) for layout in layouts] or [value])

    def in_reference_shape(self, name: str, expected: Array, actual: Array) -> Array:
        """Return a student's value as one to go on from with the reference's formulas."""
        # A square matrix has the right shape when it is turned, too; so the layout is asked before the shape.
        for layout in self._fitting(name, expected):
            restored = layout.restore(actual)
            if restored is not None:
                return restored
        return _reshaped(actual, expected)

    def in_students_shape(self, name: str, right: Array, actual: Value) -> Array:
        """Return the right value as the student should have it: in the layout of their weights, or of their value."""
        if name not in self.layouts:
            return right if isinstance(actual, str) or not self._has_right_sizes(name) else _reshaped(right, actual)
        # Of layouts with the student's own shape the nearest; of none, the one that their weights have.
        forms = [layout.arrange(right) for layout in self.layouts[name]]
        alike = [form for form in forms if not isinstance(actual, str) and form.shape == actual.shape]
        return max(alike, key=lambda form: PRECEDENCE[compare(form, actual).verdict], default=forms[0])

    def _has_right_sizes(self, name: str) -> bool:
        """Tell whether a step is at most in another layout: a single number may have the right size by chance."""
        pairs = [(value, each.right[name]) for value, each in zip(self._values(name), self.observations, strict=True)]
        return all(isinstance(value, str) or value.size == right.size for value, right in pairs)

    def is_always_none(self, name: str) -> bool:
        """Tell whether a name was None on every case, also where it is compared by form, which None has as well."""
        told = map(as_told, self.as_seen(name))
        return all(isinstance(word, str) and word == "none" for word in told)

    def _values(self, name: str) -> list[Value]:
        return [each.actual.get(name, "missing") for each in self.observations]

    def _comparable(self, name: str, expected: Array, actual: Value) -> Value:
        # A result keeps its shape, which is part of what is asked for; a step on the way there does not.
        return actual if isinstance(actual, str) or name in self.layouts else _reshaped(actual, expected)

    def _fitting(self, name: str, value: Array) -> list[Layout]:
        return [layout for layout in self.layouts.get(name, ()) if layout.fits(value.ndim)]


def _reshaped(value: Array, other: Array) -> Array:
    """Return a value in the shape of another one, where it has as many elements."""
    return value.reshape(other.shape) if value.size == other.size else value
