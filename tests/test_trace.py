"""The reference run with a recorder: what its statements gave, pass by pass."""

import ast
from typing import Any

import pytest

from graders.exercise.trace import MOST_OF_PARTS, MOST_TRACED, TRACED, Passes, Traced

CLASS = """
class Counter:
    def __init__(self, start):
        self.total = start
    def add(self, value):
        self.total += value
        return self.total * 2, value
counter = Counter(1.5)
doubled, _ = counter.add(2.0)
doubled, _ = counter.add(1.0)
"""
LOOP = """
table = [[0, 0], [0, 0]]
for epoch in range(500):
    table[epoch % 2][0] += 1
"""


def run(traced: Traced) -> Passes:
    found = Passes()
    exec(traced.code, {"__name__": "reference", TRACED: found})
    return found


def passes(source: str, target: str | None, scope: str = "") -> list[tuple[Any, ...]]:
    traced = Traced(ast.parse(source), "reference")
    of_scope = [n for n in traced.nodes if n.scope == scope and not n.is_part]
    node = next(n for n in of_scope if (target in n.targets if target else not n.targets))
    return run(traced).given[node.number]


def test_methods_give_a_value_on_each_call() -> None:
    assert passes(CLASS, "self.total", "Counter.add") == [(3.5,), (4.5,)]
    assert passes(CLASS, None, "Counter.add") == [((7.0, 2.0),), ((9.0, 1.0),)]


def test_the_first_passes_of_a_loop_are_observed_with_the_container_as_it_was_then() -> None:
    found = [value for (value,) in passes(LOOP, "table")]
    assert found == [[[0, 0], [0, 0]]]
    looped = Traced(ast.parse(LOOP), "reference")
    last = run(looped).given[looped.nodes[-1].number]
    assert [value[0][0] for (value,) in last[:3]] == [1, 1, 2]
    assert len(last) == MOST_TRACED


def test_what_the_reference_raises_passes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        run(Traced(ast.parse("a = 1 / 0"), "reference"))


def test_parts_of_expressions_and_what_functions_are_given_are_observed_too() -> None:
    source = (
        "def area(r, *, scale=2):\n    return scale * (r * r)\nseen = []\nfor r in (1, 2):\n    seen.append(area(r))\n"
    )
    traced = Traced(ast.parse(source), "reference")
    given = run(traced).given
    by_parameter = {n.parameter: given[n.number] for n in traced.nodes if n.parameter is not None}
    assert by_parameter == {0: [(1,), (2,)], 1: [(2,), (2,)]}
    assert [(1,), (4,)] in [given[n.number] for n in traced.nodes if n.is_part and n.scope == "area"]
    assert [([2],), ([2, 8],)] in [given[n.number] for n in traced.nodes if n.targets == ("seen",)]


def test_of_a_part_that_is_computed_a_thousand_times_only_the_first_are_kept() -> None:
    traced = Traced(ast.parse("a = [2 * x for x in range(1000)]"), "reference")
    assert {len(run(traced).given[n.number]) for n in traced.nodes if n.is_part} == {0, MOST_OF_PARTS}
