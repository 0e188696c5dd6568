"""The reference run with a recorder: what each of its statements read and gave, and would give from other values."""

import numpy as np
import pytest

from graders.exercise.trace import KEEP, MAX_PASSES, Observation, Origin, Trace, Traced, run_again

FUNCTIONS = """
import numpy as np

def forward(z):
    a = 1 / (1 + np.exp(-z))
    return a, {"a": a}

def loss_of(a, target):
    difference = a - target
    return np.mean(difference ** 2)

z, target = np.array([1.0, -2.0]), np.array([0.0, 1.0])
out, cache = forward(z)
loss = loss_of(out, target)
half = cache["a"] / 2
"""
CLASS = """
class Counter:
    def __init__(self, start):
        self.total = start

    def add(self, value):
        self.total += value
        return self.total * 2

counter = Counter(1.5)
doubled = counter.add(2.0)
"""
LOOP = """
import numpy as np

weights = np.array([1.0, 2.0])
table = np.zeros((2, 2))
for epoch in range(20):
    change = weights * 0.5
    weights = weights - change
    table[epoch % 2, 0] += 1.0
bigger = [weight for weight in weights if weight > 0]
if table[0, 0] > 3:
    kind = 1
else:
    kind = 2
"""


def traced(source: str) -> Trace:
    return Traced(source, "reference").run({"__name__": "reference"})


def observed(trace: Trace, target: str, number: int = 0) -> Observation:
    found = [each for each in trace.observations if target in each.node.targets and each.node.kind != "block"]
    return found[number]


@pytest.mark.parametrize("source", [FUNCTIONS, CLASS, LOOP])
def test_each_statement_gives_the_same_again_from_what_it_read(source: str) -> None:
    trace = traced(source)
    assert len(trace.observations) > 3
    for each in trace.observations:
        again = run_again(each, trace.namespace, lambda _: KEEP)
        for value, other in zip(again, each.values, strict=True):
            if isinstance(value, np.ndarray | float | int):
                assert np.array_equal(value, other)


def test_a_parameter_stands_for_what_was_passed() -> None:
    trace = traced(FUNCTIONS)
    out, difference = observed(trace, "out"), observed(trace, "difference")
    assert difference.origins["a",] == Origin(out.place, 0)
    zeros = run_again(
        difference, trace.namespace, lambda origin: np.zeros(2) if origin == Origin(out.place, 0) else KEEP
    )
    assert zeros[0].tolist() == [-0.0, -1.0]


def test_a_value_is_followed_through_a_dictionary() -> None:
    trace = traced(FUNCTIONS)
    half, out = observed(trace, "half"), observed(trace, "out")
    assert half.origins["cache", "a"].place == out.place
    fours = run_again(half, trace.namespace, lambda origin: np.full(2, 4.0) if origin == Origin(out.place, 0) else KEEP)
    assert fours[0].tolist() == [2.0, 2.0]


def test_a_value_is_followed_through_an_attribute() -> None:
    trace = traced(CLASS)
    returned = next(each for each in trace.observations if each.node.kind == "return")
    total = observed(trace, "self.total", 1)
    assert returned.origins["self", "total"] == Origin(total.place, 0)
    assert run_again(returned, trace.namespace, lambda _: 5.0) == (10.0,)


def test_the_first_passes_of_a_loop_are_observed_each_from_the_one_before() -> None:
    trace = traced(LOOP)
    changes = [each for each in trace.observations if each.node.targets == ("change",)]
    assert [each.number for each in changes] == list(range(MAX_PASSES))
    assert changes[1].origins["weights",].place == observed(trace, "weights", 1).place


def test_a_filled_container_is_observed_as_a_whole() -> None:
    first = next(each for each in traced(LOOP).observations if each.node.targets == ("table",) and each.node.line == 9)
    assert first.values[0].tolist() == [[1.0, 0.0], [0.0, 0.0]]
    assert first.variables["table"].tolist() == [[0.0, 0.0], [0.0, 0.0]]  # as it was before, not as it is now


def test_a_branch_is_observed_as_a_whole() -> None:
    trace = traced(LOOP)
    branch = next(each for each in trace.observations if each.node.kind == "block" and each.node.targets == ("kind",))
    assert branch.values == (1,)
    table = np.zeros((2, 2))
    assert run_again(branch, trace.namespace, lambda _: table) == (2,)


def test_what_an_observed_statement_called_is_told() -> None:
    trace = traced(FUNCTIONS)
    loss = observed(trace, "loss")
    assert [trace.observations[index].node.scope for index in range(*loss.within)] == ["loss_of", "loss_of"]
