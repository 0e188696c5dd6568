"""Several mistakes, each told with its own line: what is wrong with one is known once those before it are put right."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.grading import Grader
from graders.outcome import Feedback, Step, Verdict
from tests.support.opening import open_grader
from tests.support.sandboxes import grade_text, skipping_without_kernel

REFERENCE = Path(__file__).parents[1] / "reference"
NETWORK = (REFERENCE / "neural_network.py").read_text(encoding="utf-8")
BACKPROP = (REFERENCE / "backprop.py").read_text(encoding="utf-8")
LAYERS = (REFERENCE / "multilayer.py").read_text(encoding="utf-8")
DESCENT = (REFERENCE / "gradient_descent.py").read_text(encoding="utf-8")
SOFTMAX = (REFERENCE / "softmax_cross_entropy.py").read_text(encoding="utf-8")

SAMPLE_SETTINGS = """\
title: {en: A sample, zh: 样本}
marker: "#sample.py#"
solution_marker: "#solution.py#"
submission: definitions
givens:
  heights: {shape: [n], fixed: [1.6, 1.7, 1.8, 1.5, 1.9, 2.0, 1.4, 1.3, 2.2, 1.1], random: [1.2, 2.4]}
  share: {shape: [], fixed: 0.1, random: [0.08, 0.2]}
use: |
  middle = trimmed(heights, share)
  spread = variance(heights)
  scores = scored(heights)
steps:
  - {name: middle, shape: [], points: {fixed: 5, bank: 25}}
  - {name: spread, shape: [], points: {fixed: 5, bank: 30}}
  - {name: scores, shape: [n], points: {fixed: 5, bank: 30}}
bank: {count: 100, dimensions: {n: [2, 10]}}
limits: {wall_s: 5, cpu_s: 5, memory_mib: 512, output_kib: 64}
"""
SAMPLE = """\
import numpy as np
def trimmed(values, share):
    ordered = np.sort(values)
    cut = int(share * len(ordered))
    return ordered[cut:len(ordered) - cut].mean()
def variance(values):
    centred = values - values.mean()
    return (centred ** 2).sum() / (len(values) - 1)
def scored(values):
    return (values - values.mean()) / np.sqrt(variance(values))
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("course")
    (folder / "exercises" / "sample").mkdir(parents=True)
    (folder / "reference").mkdir()
    (folder / "exercises" / "sample" / "exercise.yaml").write_text(SAMPLE_SETTINGS, encoding="utf-8")
    (folder / "reference" / "sample.py").write_text(SAMPLE, encoding="utf-8")
    with skipping_without_kernel(), open_grader(str(folder / "exercises" / "sample")) as opened:
        yield opened


@pytest.fixture(scope="module")
def network() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("neural_network", cases=20) as opened:
        yield opened


@pytest.fixture(scope="module")
def softmax() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("softmax_cross_entropy", cases=20) as opened:
        yield opened


@pytest.fixture(scope="module")
def records() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("gradient_records", cases=20) as opened:
        yield opened


@pytest.fixture(scope="module")
def layers() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("multilayer") as opened:
        yield opened


@pytest.fixture(scope="module")
def descent() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("gradient_descent", cases=30) as opened:
        yield opened


@pytest.fixture(scope="module")
def backprop() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("backprop") as opened:
        yield opened


def wrong_lines(grader: Grader, source: str, *edits: tuple[str, str]) -> tuple[set[int | None], set[int], list[Step]]:
    """Return the lines that are told, those that were edited, and the wrong steps."""
    text = source
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    pairs = enumerate(zip(source.split("\n"), text.split("\n"), strict=True), start=1)
    wrong = [step for step in grade_text(grader, text).steps or () if step.verdict.is_wrong]
    return {step.line for step in wrong}, {number for number, (old, new) in pairs if old != new}, wrong


@pytest.mark.parametrize(
    "edits",
    [
        # one behind the other, with nothing between them
        [("+= output_term * hidden", "+= output_term * hidden.sum()"), ("+= self.learnrate * change_h", "+= change_h")],
        # one behind the other, on the way to one of two results
        [("            output = hidden @", "            output = hidden *"),
         ("= hidden_error * hidden * (1 - hidden)", "= -hidden_error * hidden * (1 - hidden)")],
        # beside each other
        [("= hidden_error * hidden * (1 - hidden)", "= hidden_error * hidden"), ("+= output_term * hidden", "+= 0.25")],
    ],
)  # fmt: skip
def test_two_mistakes_in_a_class_have_each_their_own_line(network: Grader, edits: list[tuple[str, str]]) -> None:
    told, edited, _ = wrong_lines(network, NETWORK, *edits)
    assert told == edited


@pytest.mark.parametrize(
    ("first", "stopping"),
    [
        (("= target - output", "= abs(target - output)"), ("x[:, None]", "x")),
        (("= target - output", "= output - target"), ("hidden_error_term * x[:, None]", "hidden_error_term @ x")),
        (("error * output * (1 - output)", "error"), ("hidden_error_term * x[:, None]", "(x * hidden_error_term)")),
        (("= target - output", "= abs(target - output)"),
         ("weights_hidden_output * h", "weights_input_hidden * h")),
    ],
)  # fmt: skip
def test_a_step_that_stops_the_script_is_told_behind_another_mistake(
    backprop: Grader, first: tuple[str, str], stopping: tuple[str, str]
) -> None:
    told, edited, wrong = wrong_lines(backprop, BACKPROP, first, stopping)
    assert told == edited
    assert len(wrong) == 2


def test_the_student_s_own_names_hide_none_of_two_mistakes(network: Grader) -> None:
    source = NETWORK
    for name, other in (("hidden_term", "甲"), ("hidden_error", "乙"), ("output_term", "error2"), ("change_", "sum_")):
        source = source.replace(name, other)
    told, edited, _ = wrong_lines(
        network, source, ("= 乙 * hidden * (1 - hidden)", "= 乙 * hidden"), ("+= error2 * hidden", "+= error2 * x[0]")
    )
    assert told == edited


@pytest.mark.parametrize(
    "edit", [("int(share * len(ordered))", "round(share * len(ordered))"), ("cut = int(", "cut = 1 + int(")]
)
def test_of_mistakes_that_have_nothing_to_do_with_each_other_none_is_to_be_fixed_first(
    sample: Grader, edit: tuple[str, str]
) -> None:
    source = SAMPLE.replace(*edit).replace("(centred ** 2).sum() / (len(values) - 1)", "np.var(values) ** 2")
    steps = grade_text(sample, source).steps
    assert steps is not None
    middle, spread, scores = steps
    assert (middle.line, spread.line) == (4, 8)
    assert (middle.message or "").startswith("With a small change in")
    assert scores.verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE
    assert "Fix spread (line 8) first" in (scores.message or "")


def test_a_small_change_is_told_that_mends_what_the_other_mistake_leaves(softmax: Grader) -> None:
    told, edited, wrong = wrong_lines(
        softmax,
        SOFTMAX,
        ("exps / exps.sum", "exps * exps.sum"),
        ("(probabilities - one_hot) / len(labels)", "np.transpose(probabilities - one_hot) / len(labels)"),
    )
    assert told == edited
    assert [step.message for step in wrong][-1:] == [
        "First fix line 11. With a small change in np.transpose(probabilities - one_hot), gradient would be right on "
        "every case looked at. What should stand there?"
    ]


@pytest.mark.parametrize(
    ("name", "edits"),
    [
        # a result of a given's name, which is set before the loop
        ("backprop_records", [("learnrate * del_w_hidden_output / len(features)", "learnrate * del_w_hidden_output")]),
        # both within the loop of a straight script
        ("backprop_records", [
            ("= error * output * (1 - output)", "= error * (1 - output)"),
            ("* weights_hidden_output * hidden_output * (1 - hidden_output)", "* weights_hidden_output"),
        ]),
        # what is handed on has the name of another step
        ("multilayer", [
            ("hidden_layer_out = sigmoid(hidden_layer_in)", "hidden_layer_out = hidden_layer_in"),
            ("output_layer_out = sigmoid(output_layer_in)", "output_layer_out = output_layer_in"),
        ]),
        # a share of right answers is right by chance after many a change
        ("gradient_records", [("    weights = weights + learn", "        weights = weights + learn")]),
    ],
)  # fmt: skip
def test_the_lines_told_are_those_of_the_mistakes(name: str, edits: list[tuple[str, str]]) -> None:
    source = (REFERENCE / f"{name}.py").read_text(encoding="utf-8")
    with skipping_without_kernel(), open_grader(name, cases=20) as grader:
        told, edited, _ = wrong_lines(grader, source, *edits)
    assert told == edited


RECORDS = (REFERENCE / "gradient_records.py").read_text(encoding="utf-8")
SHORT = (
    RECORDS[: RECORDS.index("for epoch")]
    + """for epoch in range(epochs):
    grad = np.zeros_like(weights)
    for x, y in zip(features, targets):
        o = sigmoid(x @ weights)
        e = y - o
        d = e * o * (1 - o)
        grad = grad + d * x
    weights = weights + learnrate * grad / len(features)
z = features_test @ weights
outs = sigmoid(z)
loss = np.mean((targets_test - outs) ** 2)
accuracy = np.mean((outs > 0.5) == targets_test)
"""
)


@pytest.mark.parametrize(
    ("source", "edits"),
    [
        # the second gives nothing right, but for a part, with the first put right
        (SHORT, [("features_test @ weights", "abs(features_test @ weights)"), ("= sigmoid(z)", "= sigmoid(z) ** 2")]),
        (SHORT, [("features_test @ weights", "features_test @ weights + 1"), ("= sigmoid(z)", "= sigmoid(z) / 2")]),
        # the lesson's own function is only given something wrong
        (SHORT, [("x @ weights", "x @ x"), ("y - o", "round(y - o, 3)")]),
        (SHORT, [("x @ weights", "weights @ weights"), ("(outs > 0.5)", "(outs < 0.5)")]),
        # of a target of 0 the error has the size of the output, which is another line's
        (SHORT, [("y - o", "abs(y - o)"), ("(outs > 0.5)", "(outs < 0.5)")]),
        (SHORT, [("y - o", "abs(y - o)"), ("learnrate * grad", "grad")]),
        # a sum, which stops the second round of the loop
        (RECORDS, [
            ("= error * output * (1 - output)", "= abs(error * output * (1 - output))"),
            ("= weights + learnrate * del_w / len(features)", "= np.sum(weights + learnrate * del_w / len(features))"),
        ]),
        # what is set to zero in each round is only passed less often than what is added to it
        (RECORDS.replace("np.zeros(weights.shape)", "0 * weights"), [
            ("np.dot(x, weights)", "np.dot(weights, weights)"), ("y - output", "np.round(y - output, 3)")
        ]),
    ],
)  # fmt: skip
def test_two_mistakes_in_loops_over_records_have_each_their_own_line(
    source: str, edits: list[tuple[str, str]], records: Grader
) -> None:
    told, edited, _ = wrong_lines(records, source, *edits)
    assert told == edited


@pytest.mark.parametrize(
    "edits",
    [
        # the first is right by chance on some cases, until the second has spoilt what it reads
        [
            ("output_error_term * weights_hidden_output * hidden_output * (1 - hidden_output)",
             "abs(output_error_term * weights_hidden_output * hidden_output * (1 - hidden_output))"),
            ("+= output_error_term * hidden_output", "+= np.sum(output_error_term * hidden_output)"),
        ],
        [("= error * output * (1 - output)", "= abs(error) * output * (1 - output)"),
         ("+ learnrate * del_w_hidden_output / len(features)", "+ learnrate * del_w_hidden_output")],
    ],
)  # fmt: skip
def test_a_mistake_that_shows_on_some_cases_first_has_its_line_beside_another(edits: list[tuple[str, str]]) -> None:
    source = (REFERENCE / "backprop_records.py").read_text(encoding="utf-8")
    with skipping_without_kernel(), open_grader("backprop_records", cases=20) as grader:
        told, edited, _ = wrong_lines(grader, source, *edits)
    assert told == edited


@pytest.mark.parametrize(
    "edits",
    [
        # whole numbers, which might be indices, in what is filled
        [("u[i] - factor * u[k]", "u[i] - factor"), ("c[i] - factor * c[k]", "c[i] - 0.25")],
        # the function is called twice, and the second of its lines passed most often
        [("c[[k, p]] = c[[p, k]]", "c[[k, p]] = c[[k, k]]"), ("c[i] - factor * c[k]", "0.5 * (c[i] - factor * c[k])")],
        [("c[[k, p]] = c[[p, k]]", "c[[k, p]] = -c[[p, k]]"), ("c[i] - factor * c[k]", "c[i] + factor * c[k]")],
    ],
)
def test_two_mistakes_in_what_is_filled_have_each_their_own_line(edits: list[tuple[str, str]]) -> None:
    source = (REFERENCE / "elimination.py").read_text(encoding="utf-8")
    with skipping_without_kernel(), open_grader("elimination", cases=20) as grader:
        told, edited, _ = wrong_lines(grader, source, *edits)
    assert told == edited


@pytest.mark.parametrize(
    ("norm", "edits"),
    [
        ("((matrix @ x - right) ** 2).sum()", [("c[i] - factor * c[k]", "c[i] - c[k]")]),
        ("abs(matrix @ x - right).max()", [("u[[p, k]]", "-u[[p, k]]"), ("c[[p, k]]", "c[[p, k]] ** 2")]),
        ("np.abs(right - np.dot(matrix, x)).sum()", [("(c[i] - u[i, i + 1:]", "(c[i] + u[i, i + 1:]")]),
    ],
)
def test_another_right_answer_is_not_blamed_for_mistakes_elsewhere(norm: str, edits: list[tuple[str, str]]) -> None:
    source = (REFERENCE / "elimination.py").read_text(encoding="utf-8")
    source = source.replace("np.linalg.norm(matrix @ x - right)", norm)
    with skipping_without_kernel(), open_grader("elimination", cases=20) as grader:
        told, edited, _ = wrong_lines(grader, source, *edits)
    assert told == edited


def test_an_array_is_looked_at_where_it_is_filled_as_out(network: Grader) -> None:
    told, edited, _ = wrong_lines(
        network,
        NETWORK.replace(
            "hidden_error = output_term * self.weights_hidden_output", "hidden_error = np.zeros(2)"
        ).replace(
            "            hidden_term =",
            "            hidden_error = np.zeros(hidden.shape)\n"
            "            np.multiply(output_term, self.weights_hidden_output, out=hidden_error)\n"
            "            hidden_term =",
        ),
        ("hidden_error * hidden * (1 - hidden)", "-hidden_error * hidden * (1 - hidden)"),
        ("+= output_term * hidden", "+= np.sum(output_term * hidden)"),
    )
    assert told == edited


@pytest.mark.parametrize(
    ("edits", "before", "after"),
    [
        ([("output_term = error", "output_term = error * output * (1 - output)")],
         "error * output * (1 - output)", "error"),
        # with the other mistake put right, only what mends everything is meant
        ([("= hidden_error * hidden * (1 - hidden)", "= -(hidden_error * hidden * (1 - hidden))"),
          ("+= output_term * hidden", "+= output_term * hidden.sum()")],
         "-(hidden_error * hidden * (1 - hidden))", "hidden_error * hidden * (1 - hidden)"),
    ],
)  # fmt: skip
def test_an_edit_is_what_a_teacher_would_write(edits: list[tuple[str, str]], before: str, after: str) -> None:
    source = NETWORK
    for old, new in edits:
        source = source.replace(old, new, 1)
    with skipping_without_kernel(), open_grader("neural_network", cases=20, feedback=Feedback.REPAIR) as grader:
        repair = grade_text(grader, source).repair
    assert repair is not None
    assert (repair.before, repair.after) == (before, after)


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("(gradient := {})", "gradient"),
        ('kept = {{"gradient": {}}}', 'kept["gradient"]'),
        ("kept = dict(gradient={})", 'kept["gradient"]'),
    ],
)
def test_what_is_named_within_an_expression_is_altered_like_any_other(kept: str, read: str, softmax: Grader) -> None:
    source = SOFTMAX.replace(
        "gradient = (probabilities - one_hot) / len(labels)\n    return gradient",
        f"{kept.format('np.transpose((probabilities - one_hot) / len(labels))')}\n    return {read}",
    )
    _, _, (wrong,) = wrong_lines(softmax, source)
    assert source.splitlines()[(wrong.line or 0) - 1].strip().startswith(kept[:4])
    assert "np.transpose" in (wrong.message or "")


@pytest.mark.parametrize(
    ("yielded", "read"),
    [
        ("yield (probabilities + one_hot) / len(labels)", "next(steps())"),
        ("yield from (probabilities + one_hot) / len(labels)", "np.array(list(steps()))"),
        (
            "for at in range(len(labels)):\n            yield (probabilities + one_hot)[at] / len(labels)",
            "np.array([*steps()])",
        ),
    ],
)
def test_what_is_yielded_is_altered_like_what_is_returned(yielded: str, read: str, softmax: Grader) -> None:
    source = SOFTMAX.replace(
        "gradient = (probabilities - one_hot) / len(labels)",
        f"def steps():\n        {yielded}\n    gradient = {read}",
    )
    _, _, (wrong,) = wrong_lines(softmax, source)
    assert "yield" in source.splitlines()[(wrong.line or 0) - 1]
    assert "a small change in probabilities + one_hot" in (wrong.message or "")


def test_what_is_quoted_holds_no_switches_of_ours(softmax: Grader) -> None:
    _, _, (wrong,) = wrong_lines(
        softmax, SOFTMAX, ("(probabilities - one_hot) / len(labels)", "(one_hot - probabilities).T")
    )
    assert "_grader" not in (wrong.message or "")


def test_what_lacks_a_factor_is_not_said_to_be_right_though_a_formula_has_it_as_a_part() -> None:
    source = (REFERENCE / "backprop.py").read_text(encoding="utf-8")
    hidden = "* weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)"
    source = source.replace(hidden, "* weights_hidden_output * hidden_layer_output").replace("hidden_error_term", "甲")
    source = source.replace("= learnrate * 甲", "= 0.5 * learnrate * 甲")
    with skipping_without_kernel(), open_grader("backprop", cases=20) as grader:
        _, _, (wrong,) = wrong_lines(grader, source)
    assert "everything it is computed from is right" not in (wrong.message or "")


@pytest.mark.parametrize(
    "edits",
    [
        # a value that one line spoils and the next hands on
        [("= np.dot(X,", "= 0.5 * np.dot(X,"), ("= sigmoid(hidden_layer_in)", "= hidden_layer_in")],
        # the function is the lesson's, and is called once too often
        [("= np.dot(hidden_layer_out,", "= 0.5 * np.dot(hidden_layer_out,"),
         ("= sigmoid(output_layer_in)", "= sigmoid(sigmoid(output_layer_in))")],
        # the lesson's own line after them gives another shape
        [("= sigmoid(hidden_layer_in)", "= 0.5 * sigmoid(hidden_layer_in)"),
         ("np.dot(hidden_layer_out, weights_hidden_to_output)",
          "np.sum(np.dot(hidden_layer_out, weights_hidden_to_output))")],
    ],
)  # fmt: skip
def test_two_mistakes_in_a_straight_script_have_each_their_own_line(
    layers: Grader, edits: list[tuple[str, str]]
) -> None:
    told, edited, _ = wrong_lines(layers, LAYERS, *edits)
    assert told == edited


@pytest.mark.parametrize(
    "edits",
    [
        [("= 甲 * output * (1 - output)", "= -(甲 * output * (1 - output))"),
         ("= learnrate * 丙 * x[:, None]", "= x[:, None]")],
        [("= 甲 * output * (1 - output)", "= 甲 * output"),
         ("* (1 - hidden_layer_output)", "* hidden_layer_output ** 2")],
        [("= 甲 * output * (1 - output)", "= (甲 * output * (1 - output)) ** 2"),
         ("= 乙 * weights_hidden_output *", "= 0.25 *")],
        # a copy that is meant for the next step, and a result that another line had right
        [("= 甲 * output * (1 - output)", "= 甲"),
         ("= learnrate * 乙 * hidden_layer_output", "= np.round(learnrate * 乙 * hidden_layer_output, 3)")],
        # what reads nothing of the first one, and is turned round
        [("= 乙 * weights_hidden_output *", "= 乙 + weights_hidden_output *"),
         ("= learnrate * 丙 * x[:, None]", "= np.transpose(learnrate * 丙 * x[:, None])")],
    ],
)  # fmt: skip
def test_two_mistakes_under_the_student_s_own_names_have_each_their_own_line(
    backprop: Grader, edits: list[tuple[str, str]]
) -> None:
    source = BACKPROP
    for name, other in (("output_error_term", "乙"), ("hidden_error_term", "丙"), ("error", "甲")):
        source = source.replace(name, other)
    told, edited, _ = wrong_lines(backprop, source, *edits)
    assert told == edited


@pytest.mark.parametrize(
    "edits",
    [
        # where y is 0 the output is the error but for its sign, which mends by chance
        [("丙 = 乙 * sigmoid_prime(甲)", "丙 = -(乙 * sigmoid_prime(甲))"), ("输出 = sigmoid(甲)", "输出 = 甲")],
        [("乙 = y - 输出", "乙 = 0.5 * (y - 输出)"), ("= learnrate * 丙 * x", "= -(learnrate * 丙 * x)")],
        [("乙 = y - 输出", "乙 = 0.5 * (y - 输出)"), ("丙 = 乙 * sigmoid_prime(甲)", "丙 = -(乙 * sigmoid_prime(甲))")],
        # of one number the sum of products is the product
        [("甲 = np.dot(x, w)", "甲 = x * w"), ("= learnrate * 丙 * x", "= -(learnrate * 丙 * x)")],
        # the lesson's own function takes the output from 1, which is right where the sign of its input is not
        [("甲 = np.dot(x, w)", "甲 = -np.dot(x, w)"), ("= learnrate * 丙 * x", "= np.sum(learnrate * 丙 * x)")],
    ],
)  # fmt: skip
def test_of_two_mistakes_none_is_taken_for_right_by_chance(descent: Grader, edits: list[tuple[str, str]]) -> None:
    source = DESCENT
    for name, other in (("error_term", "丙"), ("error", "乙"), ("nn_output", "输出"), ("h = np", "甲 = np")):
        source = source.replace(name, other)
    source = source.replace("sigmoid(h)", "sigmoid(甲)").replace("sigmoid_prime(h)", "sigmoid_prime(甲)")
    told, edited, _ = wrong_lines(descent, source, *edits)
    assert told == edited


def with_own_names(source: str) -> str:
    """Return the forward pass with another name for every step that is no result."""
    return source.replace("hidden_layer_in", "甲").replace("output_layer_in", "乙")


@pytest.mark.parametrize(
    "edits",
    [
        # the last wrong place mends everything, and hides the one before it
        [("甲 = np.dot(X,", "甲 = -np.dot(X,"), ("= sigmoid(甲)", "= 0.5 * sigmoid(甲)")],
        [("甲 = np.dot(X, weights_input_to_hidden)", "甲 = 0.25"), ("= sigmoid(甲)", "= sigmoid(甲) ** 2")],
        [("乙 = np.dot(hidden_layer_out, weights_hidden_to_output)",
          "乙 = np.sum(np.dot(hidden_layer_out, weights_hidden_to_output))"),
         ("output_layer_out = sigmoid(乙)", "output_layer_out = 2 * sigmoid(乙)")],
        # axes are lost in both
        [("= sigmoid(甲)", "= np.sum(sigmoid(甲))"),
         ("乙 = np.dot(hidden_layer_out, weights_hidden_to_output)",
          "乙 = np.sum(np.dot(hidden_layer_out, weights_hidden_to_output))")],
        # what comes between is right from an earlier mistake
        [("= sigmoid(甲)", "= sigmoid(甲) ** 2"), ("output_layer_out = sigmoid(乙)", "output_layer_out = 乙")],
        # a line on which the script stops wherever the numbers of units differ
        [("= sigmoid(甲)", "= 0.5 * sigmoid(甲)"),
         ("np.dot(hidden_layer_out, weights_hidden_to_output)",
          "np.dot(weights_hidden_to_output, weights_hidden_to_output)")],
    ],
)  # fmt: skip
def test_no_mistake_is_hidden_by_one_behind_it(layers: Grader, edits: list[tuple[str, str]]) -> None:
    told, edited, _ = wrong_lines(layers, with_own_names(LAYERS), *edits)
    assert told == edited


@pytest.mark.parametrize(
    "lines",
    [
        # a right value of the student's own stands before the mistake, which no step has
        ["minus = -np.dot(X, weights_input_to_hidden)", "hidden_layer_out = 2 / (1 + np.exp(minus))"],
        ["twice = 2 * np.dot(X, weights_input_to_hidden)", "hidden_layer_out = np.round(sigmoid(twice / 2), 3)"],
        ["power = np.exp(np.dot(X, weights_input_to_hidden))", "hidden_layer_out = power / (1 - power)"],
    ],
)
def test_a_line_that_is_right_in_another_way_is_not_blamed_beside_the_mistake(layers: Grader, lines: list[str]) -> None:
    before = "hidden_layer_in = np.dot(X, weights_input_to_hidden)"
    source = LAYERS.replace("hidden_layer_out = sigmoid(hidden_layer_in)", lines[1]).replace(before, lines[0])
    wrong = [step for step in grade_text(layers, source).steps or () if step.verdict.is_wrong]
    assert [step.line for step in wrong] == [source.split("\n").index(lines[1]) + 1]


def test_a_mistake_is_told_at_the_step_whose_name_holds_another_step_s_value(backprop: Grader) -> None:
    told, edited, _ = wrong_lines(
        backprop, BACKPROP, ("error = target - output", "error = (target - output) * output * (1 - output)")
    )
    assert told == edited


ELIMINATION = (REFERENCE / "elimination.py").read_text(encoding="utf-8")
IN_OTHER_WORDS = re.sub(r"\bp\b", "row", ELIMINATION).replace("astype(float).copy()", "astype(float) + 0.0")


@pytest.mark.parametrize(
    "edits",
    [
        [("u, _ = triangular(matrix, np.zeros(n))", "u, _ = 0.25"), ("= c[[row, k]]", "= abs(c[[row, k]])")],
        [("direction = np.ones(n)", "direction = np.ones(n, n)"), ("= c[[row, k]]", "= abs(c)[[row, k]]")],
        [("n = len(matrix)\n", "n = len(int(matrix))\n"), ("= c[[row, k]]", "= np.abs(c[[row, k]])")],
    ],
)
def test_what_stopped_one_function_hides_no_slip_in_another(edits: list[tuple[str, str]]) -> None:
    with skipping_without_kernel(), open_grader("elimination", cases=20) as grader:
        told, edited, _ = wrong_lines(grader, IN_OTHER_WORDS, *edits)
    assert told == edited


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        (
            [("dtype=float)[None, :]", "dtype=float)[:, None]")],
            "The numbers are right, but rows and columns are swapped.",
        ),
        (
            [("row = row - row.min()", "row = (row - row.min()).T")],
            "The numbers are right, but rows and columns are swapped.",
        ),
        (
            [("dtype=float)[None, :]", "dtype=float)")],
            "The shape of this step is wrong: how many numbers should it have, and along which axes?",
        ),
    ],
)
def test_a_shape_is_wrong_where_it_comes_from_beside_another_mistake(
    edits: list[tuple[str, str]], message: str
) -> None:
    source = (REFERENCE / "numpy_quiz.py").read_text(encoding="utf-8")
    other = ("shares = table / table.sum(axis=0)", "shares = table / table.sum(axis=1)")
    with skipping_without_kernel(), open_grader("numpy_quiz", cases=20) as grader:
        told, edited, (wrong, _) = wrong_lines(grader, source, other, *edits)
    assert told == edited
    assert wrong.message == message


@pytest.mark.parametrize(
    "lines",
    [
        ["gradient = np.zeros((probabilities - one_hot).T.shape)",
         "gradient[...] = (probabilities - one_hot).T / len(labels)"],
        ["gradient = np.zeros((probabilities - one_hot).T.shape)",
         "np.divide((probabilities - one_hot).T, len(labels), out=gradient)"],
        ["gradient = np.array([(probabilities[:, at] - one_hot[:, at]) / len(labels)",
         "                     for at in range(one_hot.shape[1])])"],
    ],
)  # fmt: skip
def test_who_only_returns_a_turned_array_is_not_blamed_beside_another_mistake(
    lines: list[str], softmax: Grader
) -> None:
    source = SOFTMAX.replace("exps / exps.sum", "exps * exps.sum").replace(
        "gradient = (probabilities - one_hot) / len(labels)", "\n    ".join(lines)
    )
    told, _, _ = wrong_lines(softmax, source)
    (other, line) = sorted(told, key=lambda line: line or 0)
    text = source.splitlines()
    assert "exps *" in text[(other or 0) - 1]
    assert any(text[(line or 0) - 1].strip() == each.strip() for each in lines)
