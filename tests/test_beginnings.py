"""A right beginning is told to be one: not it is wrong, but what should go on from it."""

from pathlib import Path

import pytest

from graders.messages import say
from graders.outcome import Verdict
from tests.support.opening import open_grader
from tests.support.sandboxes import grade_text, skipping_without_kernel

ROOT = Path(__file__).parents[1]
BEGUN = say("en", "step.begun")

LOSS = "loss = np.mean((targets_test - outputs_test) ** 2)\n"
CHANGE = "del_w = learnrate * error_term * x"


@pytest.mark.parametrize(
    ("name", "step", "edits", "beginning"),
    [
        # a copy that nothing changes
        (
            "affine_layers",
            "dscores",
            [("    dscores[np.arange(n), y] -= 1\n    dscores /= n\n", ""), ("probs.copy()", "1 * probs")],
            "dscores = 1 * probs",
        ),
        # ones, of which all but the last should be other values
        (
            "elimination",
            "direction",
            [
                ("    direction[:-1] = back_substitution(u[:-1, :-1], -u[:-1, -1])\n", ""),
                ("np.ones(n)", "np.ones(len(matrix))"),
            ],
            "direction = np.ones(len(matrix))",
        ),
        # a sum in many rounds, each of many passes: the first line that reads it is right
        (
            "gradient_records",
            "del_w",
            [("        del_w += error_term * x\n", ""), ("weights.shape", "len(weights)")],
            "del_w = np.zeros(len(weights))",
        ),
        # zeros that the reference does not begin with
        (
            "gradient_records",
            "loss",
            [(LOSS, "loss, gap = 0, 0\nfor t, o in zip(targets_test, outputs_test):\n    gap += (t - o) ** 2\n")],
            "loss, gap = 0, 0",
        ),
        # straight scripts: what fills zeros is never reached, or gives its values to something else
        (
            "gradient_descent",
            "del_w",
            [(CHANGE, "del_w = np.zeros(len(x))\nfor i in range(0):\n    del_w[i] = error_term * x[i]")],
            "del_w = np.zeros(len(x))",
        ),
        (
            "gradient_descent",
            "del_w",
            [(CHANGE, "del_w = [0.0] * len(x)\nfor i in range(len(x)):\n    change = learnrate * error_term * x[i]")],
            "del_w = [0.0] * len(x)",
        ),
    ],
)
def test_a_right_beginning_is_not_told_to_be_wrong(
    name: str, step: str, edits: list[tuple[str, str]], beginning: str
) -> None:
    source = (ROOT / "reference" / f"{name}.py").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in source
        source = source.replace(old, new)
    with skipping_without_kernel(), open_grader(name, cases=20) as grader:
        steps = grade_text(grader, source).steps or ()
    told = next(each for each in steps if each.name == step)
    assert (told.line, told.message) == (source[: source.index(beginning)].count("\n") + 1, BEGUN)


def test_zeros_that_are_a_wrong_beginning_are_wrong() -> None:
    source = (ROOT / "reference" / "elimination.py").read_text(encoding="utf-8")
    wrong = source.replace("direction = np.ones(n)", "direction = np.zeros(len(matrix))")
    with skipping_without_kernel(), open_grader("elimination", cases=20) as grader:
        steps = grade_text(grader, wrong).steps or ()
    told = next(each for each in steps if each.name == "direction")
    assert told.line == wrong[: wrong.index("direction = np.zeros")].count("\n") + 1
    assert told.message != BEGUN


@pytest.mark.parametrize(
    ("name", "lost", "sums"),
    [
        (
            "backprop_records",
            "        output = sigmoid(np.dot(hidden_output, weights_hidden_output))\n",
            {"del_w_hidden_output", "del_w_input_hidden"},
        ),
        ("backprop_records", "        error = y - output\n", {"del_w_hidden_output", "del_w_input_hidden"}),
        ("gradient_records", "        error = y - output\n", {"del_w"}),
    ],
)
def test_a_sum_that_had_only_begun_when_the_script_stopped_is_not_said_to_be_right(
    name: str, lost: str, sums: set[str]
) -> None:
    source = (ROOT / "reference" / f"{name}.py").read_text(encoding="utf-8")
    assert lost in source
    with skipping_without_kernel(), open_grader(name, cases=20) as grader:
        steps = {step.name: step.verdict for step in grade_text(grader, source.replace(lost, "")).steps or ()}
    assert {steps[sum_] for sum_ in sums & steps.keys()} <= {Verdict.NOT_REACHED}


@pytest.mark.parametrize("missing", ["accuracy", "outputs_test", "loss"])
def test_the_beginning_of_a_sum_is_no_value_for_a_name_that_has_none(missing: str) -> None:
    """To give it to that name would get past the line that stops."""
    source = (ROOT / "reference" / "gradient_records.py").read_text(encoding="utf-8")
    begun = "    del_w = np.zeros("
    assert begun in source
    update = next(line for line in source.splitlines() if line.startswith("    weights = weights"))
    stopped = source.replace(update, f"{update}\n    shown = features @ {missing}")
    with skipping_without_kernel(), open_grader("gradient_records", cases=20) as grader:
        steps = grade_text(grader, stopped).steps or ()
    at = source[: source.index(begun)].count("\n") + 1
    assert all(step.line != at for step in steps if step.verdict.is_wrong)
