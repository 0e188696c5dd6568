"""Sizes that explain on which cases a script is right, told only where they are those of its own numbers."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest

from graders.judging.sizes import find_sizes
from graders.outcome import Verdict
from graders.sandbox.reply import Part
from graders.submission import decode_submission
from tests.support.sandboxes import kernel_grader

OWN = {"inputs": 3, "hidden": 2}
LENGTHS = [{"inputs": inputs, "hidden": hidden} for inputs in (2, 3, 4) for hidden in (1, 2, 8)]
BANK = Part({}, [], [-1] * len(LENGTHS))


@pytest.mark.parametrize(
    ("rule", "exactly", "at_least"),
    [
        (lambda one: one["hidden"] == 2, {"hidden": 2}, {}),
        (lambda one: one == OWN, OWN, {}),
        (lambda one: one["hidden"] >= 2, {}, {"hidden": 2}),
    ],
)
def test_a_script_for_its_own_sizes_is_told_so(
    rule: Callable[[dict[str, int]], bool], exactly: dict[str, int], at_least: dict[str, int]
) -> None:
    sizes = find_sizes(OWN, LENGTHS, [rule(one) for one in LENGTHS], BANK)
    assert sizes is not None
    assert (sizes.exactly, sizes.at_least) == (exactly, at_least)


def test_what_is_right_for_single_units_alone_is_a_mistake_of_another_kind() -> None:
    lengths = [one for one in LENGTHS for _ in range(20)]
    bank = Part({}, [], [-1] * len(lengths))
    assert find_sizes(OWN, lengths, [one["hidden"] == 1 for one in lengths], bank) is None
    assert find_sizes({"inputs": 3, "hidden": 1}, lengths, [one["hidden"] == 1 for one in lengths], bank) is not None
    assert find_sizes(OWN, lengths, [one["hidden"] == 8 for one in lengths], bank) is not None


@pytest.mark.parametrize("right", [{"inputs": 3, "hidden": 8}, {"inputs": 4, "hidden": 8}])
def test_what_is_right_on_a_few_other_sizes_is_no_script_for_these(right: dict[str, int]) -> None:
    assert find_sizes(OWN, LENGTHS, [one == right for one in LENGTHS], BANK) is None
    assert find_sizes(OWN, LENGTHS, [one["hidden"] == 8 for one in LENGTHS], BANK) is None


def test_a_script_that_is_always_or_never_right_has_no_sizes_of_its_own() -> None:
    for is_right in (True, False):
        assert find_sizes(OWN, LENGTHS, [is_right] * len(LENGTHS), BANK) is None


STOPPING = Path(__file__).parent / "submissions" / "backprop" / "wrong" / "cases_of_one_size_only.py"


@pytest.mark.parametrize(
    "condition",
    [
        "x.shape != (3,) or abs(x[0] - 0.5) > 1e-9",
        "x[0] != 0.5",
        "learnrate != 0.5",
        "weights_hidden_output[0] < 0.1",
        "len(x) == 3 and target < 0.6",
    ],
)
def test_a_script_that_stops_on_other_numbers_is_written_for_no_size(condition: str) -> None:
    source = STOPPING.read_text(encoding="utf-8").replace("x.shape != (3,) or abs(x[0] - 0.5) > 1e-9", condition)
    with contextmanager(kernel_grader)("backprop") as grader:
        report = grader.grade(decode_submission("backprop.py", source.encode()))
    assert (report.verdict, report.score.points) == (Verdict.EXCEPTION, 20)
    assert not any("written for" in note for note in report.notes)
