"""A right line is not blamed for a mistake elsewhere, whatever it is called, nor for numbers that nobody knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.grading import Grader
from graders.messages import say
from graders.outcome import Feedback, Verdict
from tests.support.opening import open_grader
from tests.support.sandboxes import grade_text, skipping_without_kernel

SUBMISSIONS = Path(__file__).parent / "submissions"
REFERENCE = Path(__file__).parents[1] / "reference"
NETWORK = (REFERENCE / "neural_network.py").read_text(encoding="utf-8")
DESCENT = (REFERENCE / "gradient_records.py").read_text(encoding="utf-8")
LAYERS = (Path(__file__).parents[1] / "reference" / "multilayer.py").read_text(encoding="utf-8")
LOOPS = (SUBMISSIONS / "multilayer" / "correct" / "loops.py").read_text(encoding="utf-8")
FOLDED = (SUBMISSIONS / "backprop" / "correct" / "intermediates_left_none.py").read_text(encoding="utf-8")
PLAIN = (SUBMISSIONS / "gradient_records" / "correct" / "plain_loops.py").read_text(encoding="utf-8")
RANDOM = (SUBMISSIONS / "backprop" / "wrong" / "cannotvary_random_network.py").read_text(encoding="utf-8")
SCALARS = (
    LAYERS[: LAYERS.index("# Forward")]
    + """
hidden_layer_out = np.zeros(weights_input_to_hidden.shape[1])
for j in range(weights_input_to_hidden.shape[1]):
    s = 0
    for i in range(len(X)):
        s = s + X[i] * weights_input_to_hidden[i, j]
    a = sigmoid(s)
    hidden_layer_out[j] = a
output_layer_out = sigmoid(np.dot(hidden_layer_out, weights_hidden_to_output))
"""
)
GENERATED = (
    LAYERS[: LAYERS.index("# Forward")]
    + """
h = []
for column in weights_input_to_hidden.T:
    z = sum(a * b for a, b in zip(X, column))
    h += [sigmoid(z)]
hidden_layer_out = np.array(h)
output_layer_out = sigmoid(h @ weights_hidden_to_output)
"""
)


BACKPROP = (Path(__file__).parents[1] / "reference" / "backprop.py").read_text(encoding="utf-8")
IN_PIECES = (
    BACKPROP[: BACKPROP.index("## Forward")]
    + """
record = x * 1
h = sigmoid(record @ weights_input_hidden)
out = sigmoid(np.dot(h, weights_hidden_output))
rest = 1 - out
slope = out * rest
d = (target - out) * slope
back = d * weights_hidden_output
dh = back * h * (1 - h)
size = d * h
delta_w_h_o = size * learnrate
delta_w_i_h = learnrate * np.outer(x, dh)
"""
)
CALLED = IN_PIECES.replace("out * rest", "bent(out)").replace(
    "record =",
    """def bent(value):
    bend = value * (1 - value)
    return bend


record =""",
)
TYPED = LAYERS[: LAYERS.index("weights_hidden_to_output")] + LAYERS[
    LAYERS.index("# Forward") : LAYERS.index("print")
].replace(
    "np.dot(hidden_layer_out, weights_hidden_to_output)",
    "np.array([hidden_layer_out @ [-0.06, 0.03, -0.14], hidden_layer_out @ [-0.1, -0.09, 0.15]])",
)


@pytest.fixture(scope="module")
def layers() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("multilayer", cases=20) as opened:
        yield opened


@pytest.fixture(scope="module")
def backprop() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("backprop", cases=20) as opened:
        yield opened


def told(grader: Grader, source: str, *edits: tuple[str, str]) -> tuple[set[int | None], set[int]]:
    """Return the lines that are told to be wrong, and those that were edited."""
    text = source
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    pairs = enumerate(zip(source.split("\n"), text.split("\n"), strict=True), start=1)
    wrong = {step.line for step in grade_text(grader, text).steps or () if step.verdict.is_wrong}
    return wrong, {number for number, (old, new) in pairs if old != new}


def test_a_right_script_of_a_network_of_its_own_that_cannot_be_varied_has_no_wrong_step(backprop: Grader) -> None:
    report = grade_text(backprop, RANDOM)
    assert report.verdict is Verdict.CANNOT_VARY
    assert {step.verdict for step in report.steps or ()} == {Verdict.NOT_EVALUATED}
    assert report.counterexample is None


@pytest.mark.parametrize(
    "edits",
    [
        [("sums[i] + part", "np.round(sums[i] + part, 3)"), ("learnrate * sums[0]", "learnrate + sums[0]")],
        [("sums[i] + part", "sums[i] - abs(part)"), ("hidden @ w_h_o", "hidden * w_h_o")],
        [("sums[i] + part", "2 * (sums[i] + part)"), ("(y - out)", "abs(y - out)")],
    ],
)
def test_what_reads_a_list_of_arrays_is_not_blamed_for_what_was_put_into_it(edits: list[tuple[str, str]]) -> None:
    source = (SUBMISSIONS / "backprop_records" / "correct" / "functions.py").read_text(encoding="utf-8")
    with skipping_without_kernel(), open_grader("backprop_records", cases=20) as grader:
        wrong, edited = told(grader, source, *edits)
    assert wrong <= edited | {None}


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("backprop_records", ("(Y - O) * O * (1 - O)", "Y - O")),
        ("backprop_records", ("weights_hidden_output) * H * (1 - H)", "weights_hidden_output)")),
        ("gradient_records", ("(targets - out) * out * (1 - out)", "targets - out")),
        # where a parameter has a name of its step
        ("gradient_records", ("+= learnrate * ", "+= ")),
        ("gradient_records", (" / features.shape[0]", "")),
    ],
)
def test_a_known_mistake_is_told_on_its_line_also_where_nothing_has_the_name_of_its_step(
    name: str, edit: tuple[str, str]
) -> None:
    source = (SUBMISSIONS / name / "correct" / "whole_matrix.py").read_text(encoding="utf-8")
    with skipping_without_kernel(), open_grader(name, cases=20) as grader:
        steps = grade_text(grader, source.replace(*edit)).steps or ()
        wrong, edited = told(grader, source, edit)
    assert wrong == edited
    assert [step.misconception for step in steps if step.verdict.is_wrong] != [None]


@pytest.mark.parametrize(
    ("edit", "verdicts"),
    [
        # right for inputs of its own
        (("[0.5, -0.1, 0.6, 1.5]", "[0.1, 0.2, 0.3, 0.4]"), ["not-evaluated", *["correct-from-earlier-mistake"] * 3]),
        # the lesson's inputs, which are all that this step reads
        (("np.dot(X", "2 * np.dot(X"), ["wrong-value", *["correct-from-earlier-mistake"] * 3]),
        # nobody knows whether the numbers are meant to be others here
        (("[-0.1, ", "[0.1, "), ["correct", "correct", "not-evaluated", "correct-from-earlier-mistake"]),
    ],
)
def test_what_reads_numbers_of_one_s_own_is_not_judged_by_the_lessons(
    edit: tuple[str, str], verdicts: list[str], layers: Grader
) -> None:
    assert edit[0] in TYPED
    report = grade_text(layers, TYPED.replace(*edit))
    assert report.verdict is Verdict.CANNOT_VARY
    assert [str(step.verdict) for step in report.steps or ()] == verdicts


@pytest.mark.parametrize(
    ("source", "edit"),
    [
        (LOOPS, ("X[row] * weights_input", "X[row] + weights_input")),
        (SCALARS, ("s + X[i]", "s - X[i]")),
        (SCALARS, ("sigmoid(s)", "sigmoid(-s)")),
        (SCALARS, ("= a\n", "= 2 * a\n")),
        (GENERATED, ("a * b for", "a + b for")),
        # put in by a call, whose argument is seen before it
        (LOOPS, ("total += hidden_layer_out[row]", "total += 2 * hidden_layer_out[row]")),
        (LOOPS, ("total += hidden_layer_out[row]", "total -= hidden_layer_out[row]")),
        (LOOPS, ("hidden_layer_out[row] * weights", "hidden_layer_out[row] + weights")),
    ],
)
def test_what_is_filled_bit_by_bit_is_not_blamed_for_the_bits(
    source: str, edit: tuple[str, str], layers: Grader
) -> None:
    wrong, edited = told(layers, source, edit)
    assert wrong == edited


@pytest.mark.parametrize(
    ("source", "edits"),
    [
        (IN_PIECES, [("out * rest", "np.round(out * rest, 2)")]),
        (IN_PIECES, [("1 - out", "1 + out")]),
        (IN_PIECES, [("d * weights_hidden_output", "d + weights_hidden_output")]),
        (IN_PIECES, [("out * rest", "out - rest"), ("d * weights_hidden_output", "-d * weights_hidden_output")]),
        (IN_PIECES, [("out * rest", "out ** 2"), ("size * learnrate", "-size * learnrate")]),
        (IN_PIECES, [("(target - out) * slope", "(target - out) + slope")]),
        (CALLED, [("value * (1 - value)", "value * (1 + value)")]),
    ],
)
def test_a_variable_of_one_s_own_is_blamed_where_it_is_wrong_and_not_who_reads_it(
    source: str, edits: list[tuple[str, str]], backprop: Grader
) -> None:
    wrong, edited = told(backprop, source, *edits)
    assert wrong == edited


@pytest.mark.parametrize(
    "edit",
    [
        ("-(y - nn_output) * sigmoid_prime(h) * x", "np.floor(-(y - nn_output) * sigmoid_prime(h) * x)"),
        ("-(y - nn_output)", "-np.tanh(y - nn_output)"),
        ("sigmoid_prime(h) * x", "np.cos(h) * x"),
    ],
)
def test_a_variable_may_be_meant_to_have_the_other_sign_than_in_the_formula(edit: tuple[str, str]) -> None:
    source = (SUBMISSIONS / "gradient_descent" / "correct" / "minus_gradient.py").read_text(encoding="utf-8")
    with skipping_without_kernel(), open_grader("gradient_descent", cases=20) as grader:
        wrong, edited = told(grader, source, edit)
    assert wrong == edited


def test_a_variable_of_one_s_own_in_the_forward_pass_is_named_where_it_is_wrong(backprop: Grader) -> None:
    steps = grade_text(backprop, IN_PIECES.replace("x * 1", "x * 2")).steps or ()
    first = IN_PIECES[: IN_PIECES.index("x * 1")].count("\n") + 1
    assert all(f"(line {first})" in (step.message or "") for step in steps)


@pytest.mark.parametrize(
    "edit",
    [
        ("weights_input_to_hidden)", "weights_input_to_hidden) ** 2"),
        ("np.dot(hidden_layer_out, ", "0.5 * np.dot(hidden_layer_out, "),
    ],
)
def test_steps_with_each_other_s_names_are_not_all_wrong_for_one_mistake(edit: tuple[str, str], layers: Grader) -> None:
    source = LAYERS.replace("hidden_layer_in", "kept").replace("output_layer_in", "hidden_layer_in")
    source = source.replace("kept", "output_layer_in")
    wrong, edited = told(layers, source, edit)
    assert wrong == edited


@pytest.mark.parametrize(
    "edit", [("hidden_layer_output)) * x", "hidden_layer_output)) + x"), ("* e * hidden", "* hidden")]
)
def test_a_step_that_a_template_set_to_none_is_where_it_was_written(edit: tuple[str, str], backprop: Grader) -> None:
    wrong, edited = told(backprop, FOLDED, edit)
    assert wrong == edited


def by_name(name: str, source: str, *edits: tuple[str, str]) -> tuple[set[int | None], set[int]]:
    """Return the lines that are told to be wrong, and those that were edited, in an exercise of this name."""
    with skipping_without_kernel(), open_grader(name, cases=20) as grader:
        return told(grader, source, *edits)


@pytest.mark.parametrize(
    "source",
    [
        DESCENT.replace("outputs_test", "p"),
        DESCENT.replace("outputs_test", "p").replace("sums_test", "s"),
        DESCENT.replace("sums_test = np.dot", "def sums():\n    return np.dot").replace(
            "outputs_test = sigmoid(sums_test)", "s = [sums][0]()\noutputs_test = sigmoid(s)"
        ),
    ],
)
def test_what_reads_a_right_value_in_the_place_of_another_is_not_blamed_for_it(source: str) -> None:
    name = next(name for name in ("(sums_test)", "(s)") if f"sigmoid{name}" in source)
    wrong, edited = by_name("gradient_records", source, (f"sigmoid{name}", name))
    assert wrong == edited


@pytest.mark.parametrize(
    ("begun", "mistake"),
    [
        ("error = y * 1.0\n            error = error - output", "output = hidden.copy()\n            output *= "),
        ("error = float(y)\n            error -= output", "output = hidden.sum()\n            output *= "),
        ("e = 0 + y\n            e -= output\n            error = e", "output = hidden + 0\n            output *= "),
    ],
)
def test_what_a_variable_begins_with_is_not_mistaken_for_what_it_comes_to(begun: str, mistake: str) -> None:
    source = NETWORK.replace("error = y - output", begun)
    right = "output = hidden.copy()\n            output = output @ "
    text = source.replace("            output = hidden @ ", f"            {right}")
    wrong, _ = by_name("neural_network", text, (right, mistake))
    edited = text[: text.index(right)].count("\n") + 1
    assert wrong <= {edited, edited + 1, None}


RECORDS = (REFERENCE / "backprop_records.py").read_text(encoding="utf-8").replace("output_error_term", "term")
UNNAMED = NETWORK.replace("            output =", "            out =").replace("y - output", "y - out")
SHORT = (
    DESCENT.replace(" output = ", " o = ")
    .replace("y - output", "y - o")
    .replace("output * (1 - output)", "o * (1 - o)")
)


@pytest.mark.parametrize(
    ("name", "source", "edit"),
    [
        ("gradient_records", PLAIN, ("1 / (1 + math.exp(-total))", "0.25")),
        ("gradient_records", SHORT, ("sigmoid(np.dot(x, weights))", "0.25")),
        ("neural_network", UNNAMED, ("out = hidden @ self.weights_hidden_output", "out = 0.5")),
        # where a loop goes on from them, and a second line is wrong for that
        ("backprop_records", RECORDS, ("weights_hidden_output + learnrate * del_w_hidden_output / len(features)", "3")),
    ],
)
def test_typed_in_numbers_are_told_under_any_name(name: str, source: str, edit: tuple[str, str]) -> None:
    wrong, edited = by_name(name, source, edit)
    assert wrong == edited


SIGMOID = "1 / (1 + np.exp(-x))"
GRADIENT = (REFERENCE / "gradient_descent.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "source", "edits"),
    [
        # a step that only takes over a given
        ("gradient_descent", GRADIENT, [("learnrate * error_term * x", "x")]),
        ("gradient_descent", GRADIENT.replace("error", "e"), [("y - nn_output", "y")]),
        ("multilayer", LAYERS.replace("X", "inputs"), [("np.dot(inputs, weights_input_to_hidden)", "inputs")]),
        # another right formula, which reads what is wrong above it
        (
            "gradient_descent",
            GRADIENT.replace("sigmoid_prime(h)", "nn_output * (1 - nn_output)"),
            [("nn_output = ", "nn_output = 0.5 * "), ("learnrate * error_term", "0.5 * learnrate * error_term")],
        ),
        (
            "gradient_descent",
            GRADIENT.replace("sigmoid_prime(h)", "nn_output * (1 - nn_output)"),
            [("nn_output = ", "nn_output = -"), ("error_term * x", "error_term + x")],
        ),
        # who calls a function that is wrong
        ("multilayer", LAYERS, [(SIGMOID, f"np.round({SIGMOID}, 3)"), ("hidden_layer_in = ", "hidden_layer_in = - ")]),
        ("multilayer", LAYERS, [("(1 + np.exp", "(1 - np.exp"), ("output_layer_in = ", "output_layer_in = 2 * ")]),
        ("multilayer", LAYERS, [("(1 + np.exp", "(2 + np.exp"), ("output_layer_in = ", "output_layer_in = 0.25 # ")]),
    ],
)  # fmt: skip
def test_a_right_line_is_not_blamed_for_what_it_is_given(name: str, source: str, edits: list[tuple[str, str]]) -> None:
    wrong, edited = by_name(name, source, *edits)
    assert wrong == edited


RETURNED = (SUBMISSIONS / "backprop" / "correct" / "returned_tuple.py").read_text(encoding="utf-8")
WITHIN = RETURNED.replace("out_term = err", "slope = err").replace("out_term", "slope").replace("hidden_term", "back")


@pytest.mark.parametrize("source", [RETURNED, WITHIN])
@pytest.mark.parametrize(
    "edits",
    [
        [("= backpropagation(x, target", "= backpropagation(x, learnrate")],
        [("= backpropagation(x, target", "= backpropagation(x, 2 * target")],
        [("= backpropagation(x, target", "= backpropagation(x, learnrate"), ("* hidden, learn", "* w2 * 2, learn")],
    ],
)
def test_a_function_is_not_blamed_for_a_wrong_argument(
    source: str, edits: list[tuple[str, str]], backprop: Grader
) -> None:
    wrong, edited = told(backprop, source, *edits)
    assert wrong <= edited
    assert wrong


PLAIN_BACK = (SUBMISSIONS / "backprop_records" / "wrong" / "plain_error_back.py").read_text(encoding="utf-8")
SUM = "del_w_hidden_output += output_error_term * hidden_output"


@pytest.mark.parametrize(
    "adding", [SUM, SUM.replace("+=", "= del_w_hidden_output +"), "del_w_hidden_output[:] " + SUM.partition(" ")[2]]
)
def test_a_sum_is_told_where_it_is_added_to_and_not_where_it_is_set_to_zero(adding: str) -> None:
    """It is added to more often than anybody looks at, and set to zero less often."""
    assert SUM in PLAIN_BACK
    source = PLAIN_BACK.replace(SUM, adding)
    with skipping_without_kernel(), open_grader("backprop_records", cases=20) as grader:
        steps = grade_text(grader, source).steps or ()
    step = next(step for step in steps if step.name == "del_w_hidden_output")
    assert step.line == source[: source.index(adding)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("properties_and_slots", "d1 += np.outer(x, err * self._w2 * h * (1 - h))"),
        ("properties_and_slots", "self.weights_hidden_output += self.lr * d2 / len(features)"),
        ("properties_and_slots", "self.weights_input_hidden += self.lr * d1 / len(features)"),
        ("methods_given_later", "change_hidden_output += output_term * hidden"),
        ("methods_given_later", "self.weights_input_hidden += self.learnrate * change_input_hidden / len(features)"),
    ],
)
def test_what_a_method_forgets_is_not_blamed_on_those_that_are_right(name: str, left_out: str) -> None:
    """Neither on the constructor, nor on what returns an attribute, nor on the function that each record goes through.

    What reads a sum that was never added up has a wrong value, and may be told; so may where the sum begins, as that.
    """
    source = (SUBMISSIONS / "neural_network" / "correct" / f"{name}.py").read_text(encoding="utf-8")
    assert left_out in source
    with skipping_without_kernel(), open_grader("neural_network", cases=20) as grader:
        steps = grade_text(grader, source.replace(left_out, "pass")).steps or ()
    told = [step for step in steps if step.verdict.is_wrong and step.site is not None]
    begun = say("en", "step.begun")
    assert all("+=" in step.site.source or step.message == begun for step in told if step.site is not None)


@pytest.mark.parametrize(
    "adding", ["del_w += error_term * x", "del_w = del_w + error_term * x", "del_w[:] += error_term * x"]
)
def test_a_sum_is_told_where_it_is_added_to_also_in_many_rounds(adding: str) -> None:
    assert "del_w += error_term * x" in DESCENT
    source = DESCENT.replace("y - output", "output - y").replace("del_w += error_term * x", adding)
    with skipping_without_kernel(), open_grader("gradient_records", cases=20) as grader:
        steps = grade_text(grader, source).steps or ()
    step = next(step for step in steps if step.name == "del_w")
    assert step.line == source[: source.index(adding)].count("\n") + 1


@pytest.mark.parametrize("twice", ["sigmoid(sigmoid(hidden_layer_in))", "sigmoid(0 + sigmoid(hidden_layer_in))"])
def test_a_function_is_not_blamed_for_being_given_its_own_value(twice: str, layers: Grader) -> None:
    source = LAYERS.replace("np.exp(-x)", "np.exp(-z)").replace("sigmoid(x)", "sigmoid(z)")
    assert "sigmoid(hidden_layer_in)" in source
    wrong, edited = told(layers, source, ("sigmoid(hidden_layer_in)", twice))
    assert wrong == edited


@pytest.mark.parametrize(
    "spoilt",
    [
        "np.divide(np.dot(X, weights_input_to_hidden), X.size, out=h)",
        "np.subtract(np.dot(X, weights_input_to_hidden), 1, out=h)",
        "np.negative(np.dot(X, weights_input_to_hidden), h)",
        "np.multiply(X @ weights_input_to_hidden, 2, h)",
    ],
)
def test_what_a_call_fills_is_wrong_and_not_what_it_is_computed_from(spoilt: str, layers: Grader) -> None:
    assert "hidden_layer_in = np.dot(X, weights_input_to_hidden)" in LAYERS
    source = LAYERS.replace(
        "hidden_layer_in = np.dot(X, weights_input_to_hidden)",
        f"h = np.zeros(weights_input_to_hidden.shape[1]); {spoilt}",
    ).replace("sigmoid(hidden_layer_in)", "sigmoid(h)")
    wrong = [step for step in grade_text(layers, source).steps or () if step.verdict.is_wrong]
    assert [(step.name, step.line) for step in wrong] == [
        ("hidden_layer_in", source[: source.index(spoilt)].count("\n") + 1)
    ]
    assert "missing" not in (wrong[0].message or "")


AFFINE = (REFERENCE / "affine_layers.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "changed",
    ["np.maximum(z, 0, out=z)", "np.maximum(z, 0, z)", "np.clip(z, 0, None, out=z)", "np.putmask(z, z < 0, 0)"],
)
def test_a_call_that_changes_what_is_needed_elsewhere_is_told(changed: str) -> None:
    assert "    out = np.maximum(z, 0)\n    cache = z\n" in AFFINE
    source = AFFINE.replace(
        "    out = np.maximum(z, 0)\n    cache = z\n", f"    cache = z.copy()\n    {changed}\n    out = z\n"
    )
    with skipping_without_kernel(), open_grader("affine_layers", cases=20) as grader:
        steps = grade_text(grader, source).steps or ()
    (wrong,) = [step for step in steps if step.verdict.is_wrong]
    assert wrong.line == source[: source.index(changed)].count("\n") + 1
    assert "changes data in place that is still needed elsewhere" in (wrong.message or "")


@pytest.mark.parametrize(
    "instead", ["u[k], u[p] = u[p], u[k]", "u[k, :], u[p, :] = u[p, :], u[k, :]", "u[[k]], u[p] = u[p], u[k]"]
)
def test_rows_that_are_exchanged_as_views_are_told_to_be_no_copies(instead: str) -> None:
    source = (SUBMISSIONS / "elimination" / "wrong" / "rows_exchanged_as_views.py").read_text(encoding="utf-8")
    assert "u[k], u[p] = u[p], u[k]" in source
    with skipping_without_kernel(), open_grader("elimination", cases=20) as grader:
        steps = grade_text(grader, source.replace("u[k], u[p] = u[p], u[k]", instead)).steps or ()
    (wrong,) = [step for step in steps if step.verdict.is_wrong]
    assert wrong.line == 8
    assert "makes no copy: both sides stand for the same data" in (wrong.message or "")


@pytest.mark.parametrize("imported", ["", "import copy\n", "from copy import copy\n"])
def test_a_copy_is_shown_as_what_works_as_it_stands(imported: str) -> None:
    source = (SUBMISSIONS / "elimination" / "wrong" / "rows_exchanged_as_views.py").read_text(encoding="utf-8")
    with skipping_without_kernel(), open_grader("elimination", cases=20, feedback=Feedback.REPAIR) as grader:
        repair = grade_text(grader, imported + source).repair
    assert repair is not None
    assert repair.after == "u[k], u[p] = (u[p].copy(), u[k].copy())"


def test_of_what_was_never_run_it_is_not_said_that_it_is_right_for_what_it_was_given() -> None:
    """The script stops in the line behind the number that is typed in, before the other weights are changed."""
    source = (SUBMISSIONS / "neural_network" / "correct" / "weights_not_copied.py").read_text(encoding="utf-8")
    assert "e = y - h @ self.weights_hidden_output" in source
    source = source.replace("e = y - h @ self.weights_hidden_output", "e = 0.25")
    with skipping_without_kernel(), open_grader("neural_network", cases=20) as grader:
        steps = {step.name: step for step in grade_text(grader, source).steps or ()}
    assert steps["new_input_hidden"].line == 11
    message = "This will be right, too. Fix new_input_hidden (line 11) first."
    assert [steps[name].message for name in ("new_hidden_output", "trained_outputs")] == [message, message]


QUIZ = (REFERENCE / "numpy_quiz.py").read_text(encoding="utf-8")


def test_a_return_is_not_blamed_for_one_of_its_values() -> None:
    edits = [
        ("table / table.sum(axis=0)", "np.sum(table / table.sum(axis=0))"),
        ("forward = first", "forward = 0.25 #"),
    ]
    wrong, edited = by_name("numpy_quiz", QUIZ.replace("shares", "parts"), *edits)
    assert wrong <= edited | {None}
