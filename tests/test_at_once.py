"""A script that works on all records at once is followed by the loop of a reference that takes one after the other."""

from pathlib import Path

import pytest

from tests.support.opening import open_grader
from tests.support.sandboxes import grade_text, skipping_without_kernel

SUBMISSIONS = Path(__file__).parent / "submissions"


def right(exercise: str, name: str) -> str:
    return (SUBMISSIONS / exercise / "correct" / f"{name}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("exercise", "name", "before", "after"),
    [
        # rows of what has one value for each record
        ("backprop_records", "whole_matrix", "np.outer(d_out, weights_hidden_output) * H * (1 - H)", "np.tanh(H)"),
        ("backprop_records", "reduced_epochs", "(targets - o) * o * (1 - o)", "np.tanh(targets) * o"),
        ("gradient_records", "whole_matrix", "(targets - out) * out * (1 - out)", "np.tanh(targets - out)"),
        ("neural_network", "dataclass_network", "errors[:, None] * self.weights_hidden_output", "np.cosh(hidden)"),
        # what a sum comes to
        ("neural_network", "weights_not_copied", "X.T @ (e[:, None] * self", "X.T @ np.tanh(e[:, None] * self"),
    ],
)
def test_the_line_is_told_whose_rows_are_wrong(exercise: str, name: str, before: str, after: str) -> None:
    source = right(exercise, name)
    assert before in source
    wrong = source.replace(before, after, 1)
    with skipping_without_kernel(), open_grader(exercise, cases=20) as grader:
        report = grade_text(grader, wrong)
    blamed = {step.site.line for step in report.steps or () if step.verdict.is_wrong and step.site is not None}
    assert blamed == {source[: source.index(before)].count("\n") + 1}
