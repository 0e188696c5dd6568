"""What each statement of a reference that is run whole gives, pass by pass.

A straight line's steps are known by name. In functions, methods and loops a statement has a value on each of its
passes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.exercise.asked import Case
from graders.exercise.trace import Node
from graders.exercise.whole import WholeRun
from graders.inside.arrays import RAW, Array
from graders.inside.forms import look_at_value
from graders.inside.sites import PARAMETER, Site

_Key = tuple[int, int]
"""The number of a statement, and of a target of it."""

GIVEN = -1
"""In place of a target: a given, which is nobody's result."""


class Trail(NamedTuple):
    """What one target of a statement was. `passes`: on each case, its values in their order.

    `name`: of what is assigned; nothing of what is returned, which `target` counts from 0. `is_known`: no statement's,
    but a given, or a part of an expression: right where it is found, and put in only where it may have a name.
    `function`: where it is; `parameter`: which of its parameters it is.
    """

    name: str | None
    target: int
    passes: Sequence[Sequence[Array]]
    is_known: bool = False
    function: str = ""
    parameter: int | None = None

    @property
    def is_returned(self) -> bool:
        """Tell whether a function returns this."""
        return self.name is None and not self.is_known

    def is_same_on_all(self) -> bool:
        """Tell whether the values do not depend on the case."""
        first, *others = self.passes
        return all(len(other) == len(first) and all(map(np.array_equal, first, other)) for other in others)


def target_of(number: int, sites: Sequence[Site]) -> int:
    """Return which of the values of its line a site returns, or which of a function's parameters it is."""
    site = sites[number]
    return sum(
        other.kind == site.kind
        and (other.cell, other.function) == (site.cell, site.function)
        and (other.line == site.line or site.kind == PARAMETER)
        for other in sites[:number]
    )


def is_own(trail: Trail, number: int, sites: Sequence[Site]) -> bool:
    """Tell whether a trail is a statement's own, by its name or by the function and what of it this is."""
    site = sites[number]
    if site.kind not in ("return", PARAMETER):
        return trail.name is not None and trail.name == site.name
    is_kind = trail.is_returned if site.kind == "return" else trail.parameter is not None
    at = trail.target if site.kind == "return" else trail.parameter
    is_there = trail.function.rpartition(".")[2] == site.called
    return is_kind and is_there and at == target_of(number, sites)


def trails_of_steps(names: Sequence[str], right: Sequence[Mapping[str, Array]]) -> list[Trail]:
    """Return what the steps of a straight line are, each once; `right`: on each case their values."""
    return [Trail(name, 0, [[values[name]] for values in right]) for name in names]


class Trails:
    """The trails of one exercise; what a case gives is computed once."""

    def __init__(self, whole: WholeRun, givens: Iterable[str]) -> None:
        self._whole = whole
        self._givens = frozenset(givens)
        self._known: dict[int, tuple[Case, Mapping[_Key, list[Array]]]] = {}

    def on(self, cases: Sequence[Case]) -> list[Trail]:
        """Return what every statement gives on these cases, but for those that only set a given."""
        columns = [self._of(case) for case in cases]
        keys = sorted(set().union(*columns))
        found = [_trail_of(self._whole.traced.nodes[key[0]], key, columns) for key in keys]
        givens = [Trail(None, GIVEN, [[case[name]] for case in cases], is_known=True) for name in sorted(self._givens)]
        # What is the same on every case is in many places, and says nothing about any of them.
        return [trail for trail in (*found, *givens) if not (trail.is_known and trail.is_same_on_all())]

    def _of(self, case: Case) -> Mapping[_Key, list[Array]]:
        if id(case) not in self._known:  # kept with its values, so that the number stays its own
            try:
                self._known[id(case)] = case, self._passes(self._whole.trace(case))
            except Exception:  # noqa: BLE001 - a small case for which the reference may not be made
                self._known[id(case)] = case, {}
        return self._known[id(case)][1]

    def _passes(self, trace: Mapping[int, Sequence[tuple[Any, ...]]]) -> Mapping[_Key, list[Array]]:
        found: dict[tuple[int, int], list[Array]] = {}
        left = set(self._givens)
        for number, passes in sorted(trace.items()):
            node = self._whole.traced.nodes[number]
            # What is first set is the case's, which is right in every script; after that it may be a step's.
            if not node.scope and node.targets and left.issuperset(node.targets):
                left.difference_update(node.targets)
                continue
            for values in passes:
                for target, value in enumerate(_elements(values, node)):
                    array = _as_numbers(value)
                    if array is not None:
                        found.setdefault((number, target), []).append(array)
        return found


def _trail_of(node: Node, key: _Key, columns: Sequence[Mapping[_Key, list[Array]]]) -> Trail:
    passes = [column.get(key, []) for column in columns]
    return Trail(_target_name(node, key[1]), key[1], passes, node.is_part, node.scope, node.parameter)


def _target_name(node: Node, target: int) -> str | None:
    return node.targets[target].rpartition(".")[2] if node.targets else None


def _elements(values: Sequence[Any], node: Node) -> Sequence[Any]:
    """Return what is observed one by one: the elements of a returned tuple."""
    return values[0] if not node.targets and values and isinstance(values[0], tuple) else values


def _as_numbers(value: Any) -> Array | None:
    """Return a value as it is looked at in a submission, if it is seen there."""
    shape, raw = look_at_value(value)
    return None if isinstance(shape, str) or not raw else np.frombuffer(raw, RAW).reshape(shape)
