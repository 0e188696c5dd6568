"""What is said of wrong scripts is true of each of them: found by reading two hundred reports beside their scripts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from textwrap import indent

import numpy as np
import pytest

from graders.grading import Grader
from graders.outcome import Feedback, Kind, Report, Step, Verdict
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.sandboxes import skipping_without_kernel

ROOT = Path(__file__).parents[1]
GraderOf = Callable[[str], Grader]
SOFTMAX = "softmax_cross_entropy"
SQUARES = "(targets_test - outputs_test) ** 2"


@pytest.fixture(scope="module")
def grader_of() -> Iterator[GraderOf]:
    """A grader of each exercise with few cases, opened when it is first asked for."""
    with skipping_without_kernel(), ExitStack() as stack:

        @cache
        def opened(exercise: str) -> Grader:
            return stack.enter_context(open_grader(exercise, feedback=Feedback.REPAIR, cases=20))

        yield opened


def changed(exercise: str, *changes: tuple[str, str]) -> str:
    """Return the solution of an exercise with something wrong in it."""
    source = (ROOT / "reference" / f"{exercise}.py").read_text(encoding="utf-8")
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    return source


def grade(grader_of: GraderOf, exercise: str, source: str) -> Report:
    return grader_of(exercise).grade(decode_submission("a.py", source.encode()))


def step_of(report: Report, name: str) -> Step:
    return next(step for step in report.steps or () if step.name == name)


@pytest.mark.parametrize(
    ("exercise", "old", "new", "told"),
    [
        (
            "gradient_records",
            "    del_w = np",
            "    if epoch == 1: break\n    del_w = np",
            "Without if epoch == 1: break, weights, loss",
        ),
        (
            "backprop_records",
            "        ## Forward pass\n",
            "        if y == targets[0]:\n            continue\n",
            "Without if y == targets[0]: continue, weights_input_hidden",
        ),
        (
            "gradient_records",
            "weights = weights +",
            "np.negative(del_w, out=del_w)\n    weights = weights +",
            "Without np.negative(del_w, out=del_w), weights, loss",
        ),
    ],
)
def test_a_condition_or_call_too_many_is_said_to_be_that(
    exercise: str, old: str, new: str, told: str, grader_of: GraderOf
) -> None:
    """No edit is shown after which it would do nothing, such as `epoch * learnrate == 1`."""
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    (wrong,) = (step for step in report.steps or () if step.verdict.is_wrong)
    assert (wrong.message or "").startswith(told)
    assert report.repair is None


@pytest.mark.parametrize(
    ("exercise", "guard", "old", "new"),
    [
        ("gradient_records", "if not np.isfinite(output): break", "error * output", "error / output"),
        ("backprop_records", "if output > 2:\n            continue", "error * output *", "error + output *"),
    ],
)
def test_a_line_that_leaves_a_loop_hides_no_slip_beside_it(
    exercise: str, guard: str, old: str, new: str, grader_of: GraderOf
) -> None:
    """It may stand in a loop only: moved out of it, it would be no program."""
    source = changed(exercise, ("        error = y", f"        {guard}\n        error = y"), (old, new))
    for word, other in (("output_error_term", "v1"), ("hidden_error_term", "v2"), ("error_term", "v3")):
        source = source.replace(word, other)  # names that tell nothing
    report = grade(grader_of, exercise, source)
    assert report.repair is not None
    assert new in report.repair.before


@pytest.mark.parametrize(
    ("written", "meant"), [("dtype=int", "dtype=float"), ("dtype=np.int64", "dtype=np.float64"), ("int", "float")]
)
def test_another_type_is_shown_for_one_that_cuts_the_numbers(written: str, meant: str, grader_of: GraderOf) -> None:
    start = "delta_w_h_o = "
    zeros = f"{start}np.zeros(len(hidden_layer_output), {written})\ndelta_w_h_o[:] = "
    report = grade(grader_of, "backprop", changed("backprop", (start, zeros)))
    assert report.repair is not None
    assert report.repair.after == f"np.zeros(len(hidden_layer_output), {meant})"


OTHER_FORMS = """\
import numpy as np


def triangular(matrix, right):
    u, c = matrix.astype(float), right.astype(float)
    n = len(c)
    for k in range(n - 1):
        p = k + abs(u[k:, k]).argmax()
        u[[k, p]], c[[k, p]] = u[[p, k]], c[[p, k]]
        for row in range(k + 1, n):
            f = u[row, k] / u[k, k]
            u[row] -= f * u[k]
            c[row] -= f * c[k]
    return u, c


def back_substitution(u, c):
    x = np.zeros(len(c))
    for i in reversed(range(len(c))):
        x[i] = (c[i] - np.dot(u[i, i+1:], x[i+1:])) / u[i, i]
    return x


def kernel_direction(matrix):
    u, _ = triangular(matrix, np.zeros(len(matrix)))
    head = back_substitution(u[:-1, :-1], -u[:-1, -1])
    return np.append(head, 1.0)


def misfit(matrix, x, right):
    return np.sqrt(((matrix @ x - right) ** 2).sum())
"""
BACKWARDS = "    for i in reversed(range(len(c))):\n"


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        (BACKWARDS, "    for i in range(len(c)):\n", "reversed(range(len(c)))"),
        (BACKWARDS, "    way = list(range(len(c)))\n    for i in way:\n", "list(reversed(range(len(c))))"),
        ("range(k + 1, n)", "range(n)", "range(k + 1, n)"),
        ("range(k + 1, n)", "range(1, n)", "range(k + 1, n)"),
        # Here no small change helps; that the line below is right all the same is known.
        (BACKWARDS, "    i = -1\n    while i < len(c) - 1:\n        i += 1\n", None),
        (BACKWARDS, "    for i, _ in enumerate(c):\n", None),
    ],
)
def test_what_is_filled_in_another_order_is_not_blamed_on_the_line_that_fills_it(
    old: str, new: str, meant: str | None, grader_of: GraderOf
) -> None:
    assert OTHER_FORMS.count(old) == 1
    report = grade(grader_of, "elimination", OTHER_FORMS.replace(old, new))
    (wrong, *_) = (step for step in report.steps or () if step.verdict.is_wrong)
    assert (report.repair and report.repair.after) == meant
    assert wrong.line == (report.repair and report.repair.line)


@pytest.mark.parametrize(
    ("old", "new"),
    [("range(k + 1, n)", "range(k + 2, n)"), ("i, i+1:]", "i, i+2:]"), ("x[i+1:]", "x[i+2:]")],
)
def test_a_number_that_is_one_too_many_is_shown_as_that(old: str, new: str, grader_of: GraderOf) -> None:
    """Nobody means `p.size` by it, be it 1 on every case."""
    assert OTHER_FORMS.count(old) == 1
    report = grade(grader_of, "elimination", OTHER_FORMS.replace(old, new))
    assert report.repair is not None
    assert report.repair.before.replace("2", "1") == report.repair.after


@pytest.mark.parametrize(
    ("exercise", "old", "new", "meant"),
    [
        ("gradient_descent", "error = y - nn_output", "error = (y - nn_output) ** 2 / 2", "y - nn_output"),
        ("gradient_descent", "error = y - nn_output", "error = (y - nn_output) ** 3 / 3", "y - nn_output"),
        ("backprop", "error = target - output", "error = (target - output) ** 2 / 2", "target - output"),
    ],
)
def test_no_edit_multiplies_by_what_is_divided_by_again(
    exercise: str, old: str, new: str, meant: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    assert report.repair is not None
    assert report.repair.after == meant


@pytest.mark.parametrize(
    ("exercise", "old", "new", "meant"),
    [
        (
            "elimination",
            "(c[i] - u[i, i + 1:] @ x[i + 1:]) / u[i, i]",
            "np.round((c[i] - u[i, i + 1:] @ x[i + 1:]) / u[i, i], 4)",
            "(c[i] - u[i, i + 1:] @ x[i + 1:]) / u[i, i]",
        ),
        ("elimination", "u[i, k] / u[k, k]", "round(u[i, k] / u[k, k], 4)", "u[i, k] / u[k, k]"),
        ("elimination", "u[i, k] / u[k, k]", "np.around(u[i, k] / u[k, k], 4)", "u[i, k] / u[k, k]"),
    ],
)
def test_who_rounds_is_not_told_to_round_to_one_more_digit(
    exercise: str, old: str, new: str, meant: str, grader_of: GraderOf
) -> None:
    """On a few cases that may be near enough."""
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    assert report.repair is not None
    assert report.repair.after == meant


OWN_SLOPE = (
    ("def sigmoid_prime(x):", "def sigmoid_prime(t):"),
    ("return sigmoid(x) * (1 - sigmoid(x))", "return sigmoid(t) * (1 - sigmoid(t))"),
)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            (*OWN_SLOPE, ("error * sigmoid_prime(h)", "error * sigmoid_prime(nn_output)")),
            "error_term = error * sigmoid_prime(nn_output)",
        ),
        (
            (*OWN_SLOPE, ("error * sigmoid_prime(h)", "error * sigmoid_prime(error)")),
            "error_term = error * sigmoid_prime(error)",
        ),
        (
            (("sigmoid(x) * (1 - sigmoid(x))", "x * (1 - x)"), ("sigmoid_prime(h)", "sigmoid_prime(error)")),
            "error_term = error * sigmoid_prime(error)",
        ),
        ((("(1 - sigmoid(x))", "(1 + sigmoid(x))"),), "    return sigmoid(x) * (1 + sigmoid(x))"),
        ((("(1 - sigmoid(x))", "(1 - sigmoid(x)) / 2"),), "    return sigmoid(x) * (1 - sigmoid(x)) / 2"),
    ],
)
def test_a_function_is_not_blamed_for_what_it_is_given(
    changes: Sequence[tuple[str, str]], line: str, grader_of: GraderOf
) -> None:
    source = changed("gradient_descent", *changes)
    (wrong,) = (step for step in grade(grader_of, "gradient_descent", source).steps or () if step.verdict.is_wrong)
    assert source.split("\n")[(wrong.line or 0) - 1] == line


@pytest.mark.parametrize("new", ["1 / (2 + np.exp(-x))", "1 / (1 + np.exp(-2 * x))", "1 / (1 - np.exp(-x))"])
def test_a_slip_in_what_several_steps_call_is_one_mistake_on_one_line(new: str, grader_of: GraderOf) -> None:
    source = changed("gradient_descent", ("1 / (1 + np.exp(-x))", new))
    head, start, rest = source.partition("learnrate = ")
    body = indent(start + rest, "    ")
    report = grade(grader_of, "gradient_descent", f"{head}def main():\n{body}\n\nmain()\n")
    (wrong,) = (step for step in report.steps or () if step.verdict.is_wrong)
    assert source.split("\n")[(wrong.line or 0) - 1].strip() == f"return {new}"
    assert step_of(report, "error").verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE


@pytest.mark.parametrize(
    ("exercise", "loop", "update"),
    [
        ("gradient_descent", "for _ in range(2):", "w = w + del_w"),
        ("gradient_descent", "for _ in [1, 2, 3]:", "w += del_w"),
        ("backprop", "for _ in range(30):", "weights_hidden_output = weights_hidden_output + delta_w_h_o"),
    ],
)
def test_who_trains_before_the_results_is_told_so_and_blamed_for_no_formula(
    exercise: str, loop: str, update: str, grader_of: GraderOf
) -> None:
    start = {"gradient_descent": "# One step of", "backprop": "## Forward pass"}[exercise]
    head, begin, rest = changed(exercise).partition(start)
    body, end, prints = rest.partition("\nprint(")
    source = f"{head}{loop}\n{indent(begin + body, '    ')}\n    {update}\n{end}{prints}"
    report = grade(grader_of, exercise, source)
    assert report.score.points == 0
    line = source.split("\n").index(f"    {update}") + 1
    assert all(step.line == line for step in report.steps or () if step.verdict.is_wrong)
    assert any(f"is changed in line {line}: what is computed after that" in note for note in report.notes)


@pytest.mark.parametrize("are_both", [False, True])
def test_an_edit_is_shown_only_for_the_result_that_it_mends(are_both: bool, grader_of: GraderOf) -> None:
    """The old weights are only another name of the new ones, of which the changes are the difference."""
    changes = [
        ("## Forward pass", "old_i_h = weights_input_hidden\nold_h_o = weights_hidden_output\n## Forward pass"),
        ("delta_w_i_h = ", "weights_input_hidden += "),
        (
            "print('Change in weights for hid",
            "delta_w_i_h = weights_input_hidden - old_i_h\nprint('Change in weights for hid",
        ),
    ]
    if are_both:
        changes += [
            ("delta_w_h_o = ", "weights_hidden_output += "),
            ("\ndelta_w_i_h = ", "\ndelta_w_h_o = weights_hidden_output - old_h_o\ndelta_w_i_h = "),
        ]
    repair = grade(grader_of, "backprop", changed("backprop", *changes)).repair
    assert repair is not None
    of_output = "delta_w_h_o", "old_h_o = weights_hidden_output.copy()"
    of_hidden = "delta_w_i_h", "old_i_h = weights_input_hidden.copy()"
    assert (repair.step, repair.after) == (of_output if are_both else of_hidden)


@pytest.mark.parametrize(
    "helper",
    [
        'np.array([float(f"{v:.4g}") for v in np.ravel(a)]).reshape(np.shape(a))',
        "np.array([v - v % 1e-4 for v in a.ravel()]).reshape(a.shape)",
        "np.reshape([round(v, 5) for v in a.flatten()], np.shape(a))",
    ],
)
def test_who_spoils_right_results_in_the_end_has_no_shape_or_forward_pass_of_their_own(
    helper: str, grader_of: GraderOf
) -> None:
    """A value put in that stops the script before it spoils them proves nothing."""
    source = changed("backprop").replace("hidden_layer_input", "h_in").replace("output_layer_in", "o_in")
    end = "".join(f"\n{name} = cut({name})" for name in ("delta_w_h_o", "delta_w_i_h"))
    report = grade(grader_of, "backprop", f"{source}\ndef cut(a):\n    return {helper}\n{end}\n")
    verdicts = {step.name: step.verdict for step in report.steps or ()}
    wrong = {name: verdict for name, verdict in verdicts.items() if verdict.is_wrong}
    assert "delta_w_h_o" in wrong
    assert set(wrong.values()) == {Verdict.WRONG_VALUE}
    assert not any("forward pass" in note for note in report.notes)


@pytest.mark.parametrize("first", ["x.copy()", "np.array(x)", "x + 0"])
def test_of_integers_that_take_no_fractions_it_is_not_said_that_others_need_them(
    first: str, grader_of: GraderOf
) -> None:
    source = changed("gradient_descent", ("del_w = ", f"del_w = {first}\ndel_w *= "), ("error_term * x", "error_term"))
    report = grade(grader_of, "gradient_descent", source)
    assert report.fault is not None
    assert report.fault.type == "UFuncTypeError"
    assert any("An array of integers takes no fractions in place." in note for note in report.notes)
    assert not any("needed elsewhere" in (step.message or "") for step in report.steps or ())


@pytest.mark.parametrize(
    ("exercise", "old", "new", "never"),
    [
        ("elimination", "        u[[k, p]] =", "        if p <= k: continue\n        u[[k, p]] =", "k <= k"),
        ("gradient_records", "    del_w = np", "    if epoch > 1: break\n    del_w = np", "epoch > epoch"),
        ("backprop_records", "        error =", "        if output < y: continue\n        error =", "y < y"),
    ],
)
def test_no_edit_is_shown_that_compares_a_thing_with_itself(
    exercise: str, old: str, new: str, never: str, grader_of: GraderOf
) -> None:
    repair = grade(grader_of, exercise, changed(exercise, (old, new))).repair
    assert repair is None or never not in repair.after


@pytest.mark.parametrize("name", ["other", "shares"])
def test_of_a_function_it_is_not_said_that_a_name_should_stand_further_up(name: str, grader_of: GraderOf) -> None:
    """What the file's example sets is not there: only definitions are run."""
    source = changed("numpy_quiz", ("counts = (table >", f"counts = ({name} >"))
    report = grade(grader_of, "numpy_quiz", source)
    assert report.fault is not None
    assert report.fault.type == "NameError"
    assert not any("further down" in note for note in report.notes)


@pytest.mark.parametrize(
    ("old", "new", "id_"),
    [
        ("= error * output * (1 - output)", "= -(error * output * (1 - output))", "output-term-derivative-swapped"),
        ("= error * output * (1 - output)", "= error * output * (output - 1)", "output-term-derivative-swapped"),
        (
            "= output_error_term * weights_hidden_output",
            "= -output_error_term * weights_hidden_output",
            "hidden-term-derivative-swapped",
        ),
    ],
)
def test_a_turned_sign_is_no_difference_the_wrong_way_round(old: str, new: str, id_: str, grader_of: GraderOf) -> None:
    report = grade(grader_of, "backprop", changed("backprop", (old, new)))
    (wrong,) = (step for step in report.steps or () if step.verdict.is_wrong)
    assert wrong.misconception == id_
    assert wrong.message is not None
    assert "a minus too many, or a difference the wrong way round?" in wrong.message
    assert report.repair is not None
    assert report.repair.after.count("-") == 1  # that of the slope


@pytest.mark.parametrize(
    ("exercise", "old", "new"),
    [
        ("gradient_records", "weights + learnrate * del_w", "weights - learnrate * del_w"),
        ("gradient_records", "del_w += error_term * x", "del_w -= error_term * x"),
        ("backprop_records", "output_error_term = error *", "output_error_term = -error *"),
    ],
)
def test_a_mistake_is_not_said_of_a_step_that_the_student_has_otherwise(
    exercise: str, old: str, new: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    messages = [step.message or "" for step in report.steps or ()]
    assert not any("output minus the target" in message for message in messages)
    (wrong,) = (step for step in report.steps or () if step.verdict.is_wrong)
    assert changed(exercise, (old, new)).split("\n")[(wrong.line or 0) - 1].strip().startswith(new.partition(" ")[0])


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (("nn_output = sigmoid(h)", "nn_output = sigmoid_prime(h)"), "nn_output = sigmoid_prime(h)"),
        (("= error * sigmoid_prime(h)", "= error * sigmoid(h)"), "error_term = error * sigmoid(h)"),
        (("nn_output = sigmoid(h)", "nn_output = sigmoid_prime(x=h)"), "nn_output = sigmoid_prime(x=h)"),
    ],
)
def test_of_a_right_function_that_was_taken_for_another_the_call_is_blamed(
    new: tuple[str, str], line: str, grader_of: GraderOf
) -> None:
    source = changed("gradient_descent", new)
    report = grade(grader_of, "gradient_descent", source)
    (wrong,) = (step for step in report.steps or () if step.verdict.is_wrong)
    assert source.split("\n")[(wrong.line or 0) - 1] == line
    assert report.repair is None or report.repair.line == wrong.line


@pytest.mark.parametrize(
    ("exercise", "source"),
    [
        ("neural_network", None),
        ("affine_layers", None),
        ("neural_network", changed("neural_network", ("        return outputs\n", "        outputs\n"))),
        ("numpy_quiz", None),
    ],
)
def test_nothing_is_said_to_have_stopped_that_went_on(exercise: str, source: str | None, grader_of: GraderOf) -> None:
    """Without a source: the template, whose TODOs are None."""
    template = (ROOT / "exercises" / exercise / f"{exercise}.py").read_text(encoding="utf-8")
    report = grade(grader_of, exercise, source or template)
    values = {check.result: check.verdict for check in report.checks}
    missing = [step for step in report.steps or () if values.get(step.name) is Verdict.MISSING]
    assert missing or exercise == "numpy_quiz"
    assert not any("The script stopped" in (step.message or "") for step in missing)
    assert not any(step.verdict is Verdict.EXCEPTION for step in missing)


@pytest.mark.parametrize("exercise", ["backprop_records", "gradient_records", "affine_layers"])
def test_of_a_template_it_is_said_that_something_is_still_none(exercise: str, grader_of: GraderOf) -> None:
    template = (ROOT / "exercises" / exercise / f"{exercise}.py").read_text(encoding="utf-8")
    report = grade(grader_of, exercise, template)
    assert report.fault is not None
    assert "A value used here is None. Is its TODO still open, or does a function return nothing?" in report.notes


@pytest.mark.parametrize(
    ("exercise", "old", "new", "same", "follows"),
    [
        ("affine_layers", "db = dout.sum(axis=0)", "db = dout.sum()", "db1", None),
        ("affine_layers", "out = x @ w + b", "out = x @ w - b", "scores", "hidden"),
        ("affine_layers", "out = x @ w + b", "out = x @ w", "scores", "dx"),  # a known mistake
        ("neural_network", "outputs = hidden @ self", "outputs = -hidden @ self", "trained_outputs", None),
        ("affine_layers", "dx = dout @ w.T", "dx = x", None, "dhidden_in"),  # same value, by another function
        ("elimination", "x[i] = (c[i] -", "x[i] = (c[i] +", None, "direction"),  # that line only calls the wrong one
        ("backprop_records", "= error * output * (1 - output)", "= error", None, "error"),  # same value, another line
        # Compared by form, and a text on some cases.
        ("numpy_quiz", "== second.shape[0] else 'no fit'", "== second.shape[0] else None", "same", None),
        ("numpy_quiz", "backward = second @", "backward = -second @", "other", None),
        ("numpy_quiz", "forward = first @ second if", "forward = (first @ second).tolist()[::-1] if", "same", None),
    ],
)
def test_what_the_mistakes_own_line_gives_is_not_right_for_what_it_was_given(
    exercise: str, old: str, new: str, same: str | None, follows: str | None, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    (wrong,) = (step for step in report.steps or () if step.verdict.is_wrong)
    at = f"{wrong.name} (line {wrong.line})"
    if same is not None:
        step = step_of(report, same)
        assert step.verdict is Verdict.NOT_EVALUATED
        assert step.message == f"This comes from the same line as {at}. Fix that line first."
    if follows is not None:
        step = step_of(report, follows)
        assert step.verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE
        # A result is known to be right then; of what leads there that is not looked at.
        told = (f"This will be right, too. Fix {at} first.", f"Fix {at} first, and then look at this step again.")
        assert step.message in told


def test_numbers_that_are_compared_by_form_have_ten_digits_too(grader_of: GraderOf) -> None:
    # 0.5 * 2.0 + 1.5 * 0.4 - 1.0 * 1.0 is 0.8999999999999999 on most machines.
    report = grade(
        grader_of, "numpy_quiz", changed("numpy_quiz", ("forward = first @ second", "forward = -first @ second"))
    )
    assert report.counterexample is not None
    assert report.counterexample.result == "forward"
    assert report.counterexample.expected == [[3.1, 0.9], [-2.55, 1.8]]
    assert report.counterexample.actual == [[-3.1, -0.9], [2.55, -1.8]]


def test_an_expression_over_several_lines_is_quoted_as_it_would_stand_on_one(grader_of: GraderOf) -> None:
    old = "hidden_error_term = output_error_term * weights_hidden_output *"
    source = changed("backprop", (old, old.replace("weights_hidden_output *", "\\\n    weights_hidden_output + ")))
    (wrong,) = (step for step in grade(grader_of, "backprop", source).steps or () if step.verdict.is_wrong)
    assert wrong.site is not None
    assert wrong.site.source.startswith("output_error_term * weights_hidden_output + hidden_layer_output * (1 -")


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        # `slope` is right for the error term: an edit of it that makes the output right would spoil that.
        ([("nn_output = sigmoid(h)", "nn_output = slope(h)")], None),
        ([("return 1 / (1 + np.exp(-x))", "return 2 / (1 + np.exp(-x))")], "1 / (1 + np.exp(-x))"),
        ([("return 1 / (1 + np.exp(-x))", "return 1 / (1 + np.exp(x))")], "1 / (1 + np.exp(-x))"),
    ],
)
def test_no_edit_of_a_function_is_shown_that_spoils_another_call(
    changes: list[tuple[str, str]], after: str | None, grader_of: GraderOf
) -> None:
    source = changed("gradient_descent")
    for old, new in (
        ("return sigmoid(x) * (1 - sigmoid(x))", "s = sigmoid(x)\n    return s * (1 - s)"),
        ("sigmoid_prime", "slope"),
        *changes,
    ):
        assert old in source
        source = source.replace(old, new)
    report = grade(grader_of, "gradient_descent", source)
    assert report.score.points == 0
    assert (None if report.repair is None else report.repair.after) == after


@pytest.mark.parametrize(
    "filling",
    [
        "error = np.zeros(())\nnp.subtract(output, target, out=error)",
        "error = np.empty(1)\nnp.add(output, -target, out=error[:])",
        "error = np.zeros(())\nnp.multiply(-1, target - output, out=error, casting='unsafe')",
    ],
)
def test_a_value_that_a_function_of_numpy_fills_is_told_as_it_is_then(filling: str, grader_of: GraderOf) -> None:
    report = grader_of("backprop").grade(
        decode_submission("a.py", changed("backprop", ("error = target - output", filling)).encode())
    )
    first = next(step for step in report.steps or () if step.verdict.is_wrong)
    assert (first.name, first.misconception) == ("error", "error-sign")
    assert report.counterexample is not None
    assert np.ravel(report.counterexample.actual).tolist() == pytest.approx([-0.1150265692])


@pytest.mark.parametrize(
    ("exercise", "old", "new", "name", "said"),
    [
        (
            "backprop",
            "target - output",
            "target - output + 1.25",
            "error",
            "the value here is 1.25 more than the right",
        ),
        ("backprop", "target - output", "target - 0.5 - output", "error", "the value here is 0.5 less than the right"),
        ("backprop", "target - output", "1 - (target - output)", "error", "the value here is 1 minus the right one"),
        ("backprop", "target - output", "1 + output - target", "error", "the value here is 1 minus the right one"),
        ("backprop", "target - output", "1 / (target - output)", "error", "the value here is 1 divided by the right"),
        ("backprop", "target - output", "np.exp(target) / np.exp(output)", "error", "is e to the power of the right"),
        ("backprop", "error * output * (1", "abs(error) * output * (1", "output_error_term", "it is never negative"),
        ("gradient_records", "loss = np.mean(", "loss = np.linalg.norm(", "loss", None),
        ("gradient_records", "loss = np.mean(", "loss = np.sqrt(1) * np.var(", "loss", None),
    ],
)
def test_a_function_of_the_right_value_is_told_where_it_is_one_on_every_case(
    exercise: str, old: str, new: str, name: str, said: str | None, grader_of: GraderOf
) -> None:
    step = step_of(grade(grader_of, exercise, changed(exercise, (old, new))), name)
    message = step.message or ""
    assert (said or "") in message
    assert said is not None or "On every case the value" not in message


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (f"np.sqrt(np.mean({SQUARES}))", "the value here is the square root of the right one"),
        (f"np.mean({SQUARES}) ** 2", "the value here is the square of the right one"),
        (f"np.log(np.mean({SQUARES}))", "the value here is the natural logarithm of the right one"),
    ],
)
def test_one_of_two_mistakes_is_told_by_its_difference_in_a_script_with_loops(
    wrong: str, said: str, grader_of: GraderOf
) -> None:
    changes = (f"np.mean({SQUARES})", wrong), ("(outputs_test > 0.5) == targets_test", "outputs_test == targets_test")
    report = grade(grader_of, "gradient_records", changed("gradient_records", *changes))
    assert said in (step_of(report, "loss").message or "")


@pytest.mark.parametrize(
    ("below", "line"),
    [
        ("same = delta_w_h_o\nsame *= 2\n", "same *= 2"),
        ("view = delta_w_i_h[:]\nview += 1\n", "view += 1"),
        ("def shown(a):\n    a /= 10\n    print(a)\n\n\nshown(delta_w_h_o)\n", "    a /= 10"),
        ("rows = list(delta_w_i_h)\nfor row in rows:\n    row -= 0.5\n", "    row -= 0.5"),
    ],
)
def test_what_changes_a_right_value_is_blamed_and_not_the_line_that_set_it(
    below: str, line: str, grader_of: GraderOf
) -> None:
    source = changed("backprop") + below
    report = grade(grader_of, "backprop", source)
    (wrong,) = [step for step in report.steps or () if step.verdict.is_wrong]
    assert wrong.line == source.splitlines().index(line) + 1


TRAINING_LOSS = "    loss = np.mean((targets - sigmoid(features @ weights)) ** 2)"
TEST_LOSS = f"loss = np.mean({SQUARES})"


@pytest.mark.parametrize(
    ("earlier", "old", "new", "verdict"),
    [
        (f"{TRAINING_LOSS}\n", "np.dot(features_test, weights)", "features_test * weights", Verdict.NOT_REACHED),
        (
            "    accuracy = loss = 0.5\n",
            "np.dot(features_test, weights)",
            "features_test * weights",
            Verdict.NOT_REACHED,
        ),
        (
            "    loss = 0.5\n",
            TEST_LOSS,
            f"print((targets_test - outputs_test) @ weights)\n{TEST_LOSS}",
            Verdict.EXCEPTION,
        ),
        # What stopped within its own last statement is told there, and not at an earlier one.
        (f"{TRAINING_LOSS}\n", TEST_LOSS, TEST_LOSS.replace("2)", "2, axis=1)"), Verdict.EXCEPTION),
        # The script went past it, or goes on from it only.
        (f"{TRAINING_LOSS}\n", "(outputs_test > 0.5)", "outputs_test.above", Verdict.CORRECT),
        ("", TEST_LOSS, f"{TEST_LOSS[:-2]}3)\nprint(targets_test.above)\nloss = float(loss)", Verdict.WRONG_VALUE),
        ("", TEST_LOSS, f"{TEST_LOSS[:-2]}3)\nif loss > 100: loss = 100\nprint(targets.above)", Verdict.WRONG_VALUE),
    ],
)
def test_what_was_called_so_before_the_script_stopped_is_not_the_step(
    earlier: str, old: str, new: str, verdict: Verdict, grader_of: GraderOf
) -> None:
    last = "    weights = weights + learnrate * del_w / len(features)\n"
    source = changed("gradient_records", (last, last + earlier), (old, new))
    loss = step_of(grade(grader_of, "gradient_records", source), "loss")
    assert loss.verdict is verdict
    lines = source.splitlines()
    assert loss.line is not None
    assert not lines[loss.line - 1].startswith(" ")


def test_what_the_example_does_not_get_to_is_not_called_right_for_other_cases(grader_of: GraderOf) -> None:
    # Where there are as many test records as inputs, the shapes fit, and nothing stops.
    source = changed("gradient_records", ("np.dot(features_test, weights)", "features_test * weights"))
    report = grade(grader_of, "gradient_records", source)
    found = {step.name: step.verdict for step in report.steps or ()}
    assert found["loss"] is found["accuracy"] is Verdict.NOT_REACHED


FORWARD = "first @ second if first.shape[1] == second.shape[0] else 'no fit'"
BACKWARD = "second @ first if second.shape[1] == first.shape[0] else 'no fit'"


@pytest.mark.parametrize(
    ("forward", "backward"),
    [
        (FORWARD.replace("'no fit'", "None"), BACKWARD),
        (FORWARD.replace("'no fit'", "0"), BACKWARD),
        (FORWARD, BACKWARD.replace("'no fit'", "None")),
    ],
)
def test_no_edit_is_told_that_mends_a_call_at_the_cost_of_another(
    forward: str, backward: str, grader_of: GraderOf
) -> None:
    written = [text.replace("first @ second", "np.asarray(first).dot(second)") for text in (forward, backward)]
    written = [text.replace("second @ first", "np.asarray(second).dot(first)") for text in written]
    changes = [
        *zip((FORWARD, BACKWARD), written, strict=True),
        ("return forward, backward", "return (forward, backward)"),
    ]
    report = grade(grader_of, "numpy_quiz", changed("numpy_quiz", *changes))
    assert report.score.points == 82
    assert not any("With a small change" in (step.message or "") for step in report.steps or ())


@pytest.mark.parametrize(
    ("exercise", "old", "new", "verdict"),
    [
        # The example of the lesson comes to its end: there are no more than three classes, or two records, in it.
        (
            SOFTMAX,
            "    return probabilities\n",
            "    return probabilities[:, :3]\n",
            Verdict.CORRECT_FROM_EARLIER_MISTAKE,
        ),
        (SOFTMAX, "np.exp(shifted)", "np.exp(shifted)[:2]", Verdict.CORRECT_FROM_EARLIER_MISTAKE),
        (
            SOFTMAX,
            "    return probabilities\n",
            "    return 2 * probabilities[:2]\n",
            Verdict.CORRECT_FROM_EARLIER_MISTAKE,
        ),
        # On some other cases the shapes happen to fit.
        (SOFTMAX, "    return probabilities\n", "    return probabilities.T[:, :1]\n", Verdict.NOT_REACHED),
        (
            "multilayer",
            "np.dot(X, weights_input_to_hidden)",
            "np.dot(X, weights_hidden_to_output)",
            Verdict.NOT_REACHED,
        ),
        ("multilayer", "np.dot(X, weights_input", "np.dot(weights_input_to_hidden, weights_input", Verdict.NOT_REACHED),
    ],
)
def test_what_follows_a_mistake_is_not_reached_where_the_example_stops_and_nowhere_else(
    exercise: str, old: str, new: str, verdict: Verdict, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    assert report.fault is not None
    after = "loss" if exercise == SOFTMAX else "hidden_layer_out"
    assert step_of(report, after).verdict is verdict


def test_of_what_is_still_open_nothing_is_said_that_depends_on_what_else_is_open(grader_of: GraderOf) -> None:
    template = (ROOT / "tests" / "submissions" / "affine_layers" / "wrong" / "template.py").read_text(encoding="utf-8")
    # Not the lesson's own lines any more, so that a right value may be put in there.
    report = grade(grader_of, "affine_layers", template.replace("return out, cache", "return (out, cache)"))
    assert step_of(report, "hidden_in").message == "There is no value for this step yet."


SIGMOID_OF_ONES_OWN = "import numpy as np\n\n\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n\n\n"


@pytest.mark.parametrize(
    ("exercise", "source"),
    [
        (
            "multilayer",
            "rng = np.random.default_rng(3)\n"
            "inp, first, second = rng.normal(size=4), rng.normal(size=(4, 3)), rng.normal(size=(4, 2))\n"
            "hidden_layer_in = inp @ first\n"
            "hidden_layer_out = sigmoid(hidden_layer_in)\n"
            "output_layer_out = sigmoid(hidden_layer_out @ second)\n",
        ),
        (
            "gradient_descent",
            "ins, wt, rate, wanted = np.array([0.7, -0.4, 1.9]), np.array([0.25, 0.35, -0.45]), 0.8, 0.9\n"
            "h = ins @ wt\n"
            "nn_output = sigmoid(h)\n"
            "error = wanted - nn_output\n"
            "error_term = error * nn_output(1 - nn_output)\n"
            "del_w = rate * error_term * ins\n",
        ),
        (
            "backprop",
            "a, first, second, target, learnrate = np.linspace(0, 1, 4), np.full((4, 2), 0.3), np.ones(2), 0.7, 0.2\n"
            "h = sigmoid(a @ first)\n"
            "o = sigmoid(h @ second)\n"
            "error = target - o\n"
            "output_error_term = error * o * (1 - o)\n"
            "hidden_error_term = output_error_term * second * h * (1 - h)\n"
            "delta_w_h_o = learnrate * output_error_term * h\n"
            "delta_w_i_h = learnrate * np.dot(a[:, None], hidden_error_term)\n",
        ),
    ],
)
def test_what_has_other_numbers_than_the_lesson_and_then_stops_is_not_wrong_before_that(
    exercise: str, source: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, SIGMOID_OF_ONES_OWN + source)
    assert report.fault is not None
    assert {step.verdict for step in report.steps or () if step.verdict.is_wrong} <= {Verdict.EXCEPTION}
    assert not any("on every case" in (step.message or "") for step in report.steps or ())


UNCHANGED = """import numpy as np
import data_prep as d
n_records, n_inputs = d.features.shape
weights = np.array([0.1, -0.2, 0.3])
learnrate, epochs = 0.5, 10
def sigmoid(z): return 1 / (1 + np.exp(-z))
for e in range(epochs):
    del_w = np.zeros(n_inputs)
    for x, y in zip(d.features, d.targets):
        out = sigmoid(x @ weights)
    {change} learnrate * del_w / n_records
    if e % max(1, epochs // 10) == 0:
        out = sigmoid(d.features @ weights)
        print(np.mean((out - d.targets) ** 2))
test_out = sigmoid(d.features_test @ weights)
loss = ((test_out - d.targets_test) ** 2).mean()
accuracy = np.mean((test_out > .5) == d.targets_test)
"""


@pytest.mark.parametrize("change", ["weights +=", "weights = weights +", "weights[:] = weights +"])
def test_weights_that_stay_as_they_are_do_not_make_what_reads_them_wrong(change: str, grader_of: GraderOf) -> None:
    report = grade(grader_of, "gradient_records", UNCHANGED.format(change=change))
    assert 10 not in [step.line for step in report.steps or () if step.verdict.is_wrong]


@pytest.mark.parametrize("share", ["np.outer(x, hidden * (1 - hidden))", "np.outer(x, hidden)"])
def test_no_right_line_is_blamed_because_a_guess_at_another_makes_what_it_reads_right(
    share: str, grader_of: GraderOf
) -> None:
    source = f"""import numpy as np


class NeuralNetwork:
    def __init__(self, weights_input_hidden, weights_hidden_output, learnrate):
        self.weights_input_hidden = weights_input_hidden.copy()
        self.weights_hidden_output = weights_hidden_output.copy()
        self.learnrate = learnrate
        self.activation = lambda z: 1 / (1 + np.exp(-z))

    def forward(self, x):
        hidden = self.activation(np.matmul(x, self.weights_input_hidden))
        return hidden, np.matmul(hidden, self.weights_hidden_output)

    def run(self, features):
        return np.array([self.forward(x)[1] for x in features])

    def backward(self, x, y):
        hidden, out = self.forward(x)
        share_h_o = (y - out) * hidden
        share_i_h = {share}
        return share_i_h, share_h_o

    def train(self, features, targets):
        shares = [self.backward(x, y) for x, y in zip(features, targets)]
        self.weights_input_hidden += self.learnrate * np.mean([s[0] for s in shares], axis=0)
        self.weights_hidden_output += self.learnrate * np.mean([s[1] for s in shares], axis=0)
"""
    report = grade(grader_of, "neural_network", source)
    assert report.repair is None
    assert not {26, 27}.intersection(step.line for step in report.steps or () if step.verdict.is_wrong)


OWN_FUNCTION = "squash = lambda z: np.arctan(z) / np.pi + 0.5\nslope = lambda z: squash(z) * (1 - squash(z))\n"
OWN_METHOD = """class Unit:
    def out(self, z):
        return z / (1 + abs(z))
    def slope(self, z):
        return self.out(z) * (1 - self.out(z))
unit = Unit()
"""


@pytest.mark.parametrize(
    ("defined", "out", "slope", "names"),
    [
        (OWN_FUNCTION, "squash", "slope", ("nn_output", "error", "error_term")),
        (OWN_METHOD, "unit.out", "unit.slope", ("nn_output", "error", "error_term")),
        (OWN_FUNCTION, "squash", "slope", ("a", "b", "c")),
    ],
)
def test_the_output_is_not_taken_for_the_error_though_the_target_minus_either_is_the_other(
    defined: str, out: str, slope: str, names: tuple[str, str, str], grader_of: GraderOf
) -> None:
    first, second, third = names
    source = (
        f"import numpy as np\n{defined}"
        "x, y, w, learnrate = np.array([1, 2, 3, 4]), np.array(0.5), np.array([0.5, -0.5, 0.3, 0.1]), 0.5\n"
        f"h = np.dot(x, w)\n{first} = {out}(h)\n{second} = y - {first}\n"
        f"{third} = {second} * {slope}(h)\ndel_w = learnrate * {third} * x\n"
    )
    report = grade(grader_of, "gradient_descent", source)
    assert [step.name for step in report.steps or () if step.verdict.is_wrong] == ["nn_output"]
    line = step_of(report, "nn_output").line
    assert line is not None
    assert ("lambda" if defined == OWN_FUNCTION else "return") in source.splitlines()[line - 1]
    assert step_of(report, "error_term").verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE


@pytest.mark.parametrize("later", ["accuracy", "loss", "outputs_test"])
def test_a_name_that_has_no_value_yet_is_told_where_it_stops_the_script(later: str, grader_of: GraderOf) -> None:
    """With another name for the sums they would not be missing, either."""
    source = changed(
        "gradient_records", ("learnrate * del_w", f"learnrate * {later}"), ("zip(features, ", "zip(features.copy(), ")
    )
    report = grade(grader_of, "gradient_records", source)
    assert {step.line for step in report.steps or () if step.verdict.is_wrong} == {report.fault and report.fault.line}


TRAINING = """        hidden = self.act(X @ self._w1)
        error = y - self.run(X)
        term = np.outer(error, self._w2) * hidden * (1 - hidden)
        self.weights_hidden_output = self._w2 + self.lr * hidden.T @ error / len(X)
        self.weights_input_hidden = self._w1 + self.lr * X.T @ term / len(X)
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("self.run(X)", "self.runs(X)"),
        ("np.outer(error, ", "np.outer(float(error), "),
        ("hidden.T @ error", "hidden.T(error)"),
    ],
)
def test_what_a_method_that_stops_has_not_changed_is_not_wrong_where_it_is_read(
    old: str, new: str, grader_of: GraderOf
) -> None:
    source = f"""import numpy as np


class NeuralNetwork:
    def __init__(self, w1, w2, lr):
        self._w1, self._w2, self.lr = w1.copy(), w2.copy(), lr

    @property
    def weights_input_hidden(self):
        return self._w1

    @weights_input_hidden.setter
    def weights_input_hidden(self, value):
        self._w1 = value

    @property
    def weights_hidden_output(self):
        return self._w2

    @weights_hidden_output.setter
    def weights_hidden_output(self, value):
        self._w2 = value

    def act(self, z):
        return 1 / (1 + np.exp(-z))

    def run(self, X):
        return self.act(X @ self._w1) @ self._w2

    def train(self, X, y):
{TRAINING.replace(old, new)}"""
    report = grade(grader_of, "neural_network", source)
    assert report.fault is not None
    told = [step for step in report.steps or () if step.verdict.is_wrong]
    assert {step.line for step in told} <= {None, report.fault.line}
    assert not any("could not tell" in (step.message or "") for step in told)


@pytest.mark.parametrize(
    ("exercise", "step"),
    [("backprop_records", "hidden_output"), ("gradient_records", "sums_test"), (SOFTMAX, "probabilities")],
)
def test_an_open_todo_is_not_said_to_depend_on_earlier_values(exercise: str, step: str, grader_of: GraderOf) -> None:
    path = ROOT / "tests" / "submissions" / exercise / "wrong" / "template.py"
    report = grade(grader_of, exercise, path.read_text(encoding="utf-8"))
    assert step_of(report, step).message == "There is no value for this step yet."


PER_ROW = """def per_row(function):
    def inner(matrix):
        return np.array([function(row) for row in matrix])
    return inner
@per_row
def softmax(row):
    exps = np.exp(row - row.max())
    return exps / exps.sum()
"""
EACH = """def each(function, rows):
    return np.array([function(row) for row in rows])
def one(row):
    exps = np.exp(row - row.max())
    return exps / exps.sum()
def softmax(scores):
    return each(one, scores)
"""


@pytest.mark.parametrize(
    ("defined", "divisor"), [(PER_ROW, "exps.mean()"), (PER_ROW, "exps.max()"), (EACH, "exps.mean()")]
)
def test_what_calls_the_function_that_it_is_given_is_not_blamed_for_what_that_returns(
    defined: str, divisor: str, grader_of: GraderOf
) -> None:
    source = f"""import numpy as np
{defined.replace("exps.sum()", divisor)}
def cross_entropy(probabilities, labels):
    return -np.log(probabilities[np.arange(len(labels)), labels]).mean()
def score_gradient(probabilities, labels):
    return (probabilities - np.eye(probabilities.shape[1])[labels]) / len(labels)
"""
    report = grade(grader_of, SOFTMAX, source)
    line = step_of(report, "probabilities").line
    assert line is not None
    assert divisor in source.splitlines()[line - 1]
    assert report.repair is not None
    assert report.repair.after == "exps / exps.sum()"


@pytest.mark.parametrize(
    "change",
    [
        "hidden_error_term * x.reshape(3, 1)",
        "np.array([hidden_error_term * x[0], hidden_error_term * x[1], hidden_error_term * x[2]])",
        "np.outer(x, hidden_error_term).reshape(3, 2)",
    ],
)
def test_what_only_other_sizes_stop_is_not_said_to_have_no_value(change: str, grader_of: GraderOf) -> None:
    source = changed(
        "backprop",
        ("hidden_error_term * x[:, None]", change),
        ("output_layer_in = np.dot", "output_layer_in = 2 * np.dot"),
    )
    report = grade(grader_of, "backprop", source)
    assert report.fault is not None
    assert not any("no value" in (step.message or "") for step in report.steps or ())


AUTHORS_LINES = """hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)

output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)
"""


@pytest.mark.parametrize(
    ("hidden", "output"),
    [
        ("x * weights_input_hidden", "h @ weights_hidden_output"),
        ("x @ weights_input_hidden", "h * weights_input_hidden.T @ x"),
    ],
)
def test_what_the_example_does_not_get_to_is_not_blamed_for_what_it_is_where_shapes_happen_to_fit(
    hidden: str, output: str, grader_of: GraderOf
) -> None:
    """The forward pass is the author's in the lesson, and has names of the student's own here."""
    source = changed("backprop", (AUTHORS_LINES, f"h = sigmoid({hidden})\no = sigmoid({output})\n"))
    source = source.replace("hidden_layer_output", "h").replace("* output * (1 - output)", "* o * (1 - o)")
    report = grade(grader_of, "backprop", source.replace("target - output", "target - o"))
    assert report.fault is not None
    assert {step.verdict for step in report.steps or ()} == {Verdict.NOT_REACHED}


SIGMOID = "return 1 / (1 + np.exp(-z))"


@pytest.mark.parametrize(
    ("exercise", "old", "new", "after"),
    [
        ("gradient_records", SIGMOID, "return 0.5 * (1 / (1 + np.exp(-z)))", SIGMOID[7:]),
        ("neural_network", SIGMOID, f"{SIGMOID} / 2", SIGMOID[7:]),
        ("neural_network", SIGMOID, "return 1 / (2 * (1 + np.exp(-z)))", SIGMOID[7:]),
        ("gradient_records", "error = y - output", "error = np.abs(y - output)", "y - output"),
        ("gradient_records", "error = y - output", "error = abs(y - output)", "y - output"),
        ("neural_network", "output_term = error", "output_term = abs(error)", "error"),
        ("gradient_records", "del_w += error_term * x", "del_w -= error_term * x", "del_w += error_term * x"),
        (
            "gradient_records",
            "weights = weights + learnrate",
            "weights -= learnrate",
            "weights += learnrate * del_w / len(features)",
        ),
        (
            "neural_network",
            "change_hidden_output += output_term",
            "change_hidden_output *= output_term",
            "change_hidden_output += output_term * hidden",
        ),
    ],
)
def test_the_edit_that_is_shown_is_the_one_a_teacher_would_make(
    exercise: str, old: str, new: str, after: str, grader_of: GraderOf
) -> None:
    """No other number that makes up for one too many, and no other way to write what only has a wrong operator."""
    repair = grade(grader_of, exercise, changed(exercise, (old, new))).repair
    assert repair is not None
    assert repair.after == after


AT_END = "        self.weights_hidden_output += self.learnrate * change_hidden_output / len(features)\n"
WITHIN = "            change_input_hidden += hidden_term * x[:, None]\n"
IN_PLACE = "self.weights_hidden_output += self.learnrate * output_term * hidden / len(features)"
MEAN_SLOPE = "    gradient = (probabilities - one_hot) / len(labels)"
TAKEN_OFF = "probabilities[np.arange(len(labels)), labels] -= 1"
BY_RECORD = "for k, label in enumerate(labels):\n        probabilities[k, label] -= 1"


@pytest.mark.parametrize(
    ("exercise", "changes"),
    [
        ("neural_network", [(AT_END, ""), (WITHIN, f"{WITHIN}            {IN_PLACE}\n")]),
        ("neural_network", [(AT_END, ""), (WITHIN, f"            {IN_PLACE.replace('+=', '= hidden +')}\n{WITHIN}")]),
        (SOFTMAX, [(MEAN_SLOPE, f"    {TAKEN_OFF}\n    gradient = probabilities / (len(labels) + 1)")]),
        (SOFTMAX, [(MEAN_SLOPE, f"    {BY_RECORD}\n    gradient = 2 * probabilities")]),
    ],
)
def test_a_line_that_is_needed_elsewhere_is_not_only_said_to_be_one_too_many(
    exercise: str, changes: list[tuple[str, str]], grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, *changes))
    first = next(step.message or "" for step in report.steps or () if step.verdict.is_wrong)
    assert first.startswith("Without ")
    assert first.endswith("Is it needed in another place, or on a copy?")


@pytest.fixture(scope="module")
def on_all_cases() -> Iterator[Grader]:
    with skipping_without_kernel(), open_grader("gradient_records") as grader:
        yield grader


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("output = sigmoid(np.dot(x, weights))", "output = 0.5 * sigmoid(np.dot(x, weights))"),
        ("error = y - output", "error = 0.9 * y - output"),
        ("range(epochs)", "range(epochs - 1)"),
        ("del_w += error_term * x", "del_w += np.round(error_term * x, 1)"),
    ],
)
def test_no_result_is_called_right_that_is_wrong_on_few_cases(old: str, new: str, on_all_cases: Grader) -> None:
    """The accuracy hardly ever changes: of many cases on which the weights are wrong it is wrong on the last few."""
    report = on_all_cases.grade(decode_submission("a.py", changed("gradient_records", (old, new)).encode()))
    right = {step.name for step in report.steps or () if step.verdict is Verdict.CORRECT}
    wrong = {check.result for check in report.checks if check.verdict is not Verdict.CORRECT}
    assert "accuracy" in wrong
    assert not right & wrong


PIVOT = "        p = k + np.argmax(np.abs(u[k:, k]))\n"
ROWS_EXCHANGED = "        u[[k, p]] = u[[p, k]]\n"
SIDES_EXCHANGED = "        c[[k, p]] = c[[p, k]]\n"


@pytest.mark.parametrize(
    "lacking",
    [(PIVOT, ROWS_EXCHANGED, SIDES_EXCHANGED), (ROWS_EXCHANGED, SIDES_EXCHANGED), (ROWS_EXCHANGED,)],
)
def test_of_a_function_that_lacks_a_line_no_call_is_blamed(lacking: Sequence[str], grader_of: GraderOf) -> None:
    """Each line that is there is the reference's; another argument only makes up for what is not."""
    source = changed("elimination", *((line, "") for line in lacking))
    direction = step_of(grade(grader_of, "elimination", source), "direction")
    assert direction.verdict is Verdict.NOT_FINITE
    assert direction.line is None
    assert (direction.message or "").startswith("Something is wrong, or missing, between line 5 and line 1")


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        # Here only other cases are singular: on the lesson's there is a value.
        ((("for k in range(n - 1):", "for k in range(1, n - 1):"),), Verdict.CORRECT_FROM_EARLIER_MISTAKE),
        ((("for i in range(k + 1, n):", "for i in range(k, n):"),), Verdict.NOT_EVALUATED),
        (
            (
                (ROWS_EXCHANGED, "        u[k], u[p] = u[p], u[k]\n"),
                (SIDES_EXCHANGED, "        c[k], c[p] = c[p], c[k]\n"),
            ),
            Verdict.NOT_EVALUATED,
        ),
    ],
)
def test_where_a_line_of_the_exercise_raises_the_script_is_not_said_to_have_stopped(
    changes: Sequence[tuple[str, str]], verdict: Verdict, grader_of: GraderOf
) -> None:
    """The exercise solves the triangle itself, which is singular; the steps after that have their values."""
    report = grade(grader_of, "elimination", changed("elimination", *changes))
    assert report.fault is not None
    assert report.fault.line is None
    assert step_of(report, "kept").verdict is verdict
    assert step_of(report, "direction").verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE


UPDATES = "    weights = weights + learnrate * del_w / len(features)\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("error * output * (1 - output)", "np.abs(error, out=output, where=5)"),
        ("    for x, y in zip(features, targets):", "    for x, y in zip(features, targets, epochs):"),
        (UPDATES, "    weights += learnrate * del_w / missing\n"),
    ],
)
def test_weights_as_they_were_given_are_no_result_of_a_script_that_stopped(
    old: str, new: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, "gradient_records", changed("gradient_records", (old, new)))
    weights = step_of(report, "weights")
    assert weights.verdict in (Verdict.NOT_REACHED, Verdict.EXCEPTION)
    assert report.fault is not None
    assert weights.line is None or weights.line >= (report.fault.line or 0)


@pytest.mark.parametrize("lacking", ["    cache = (x, w)\n", "    dx = dout @ w.T\n", "    db = dout.sum(axis=0)\n"])
def test_no_edit_is_shown_for_a_line_that_lacks_what_another_one_should_give(lacking: str, grader_of: GraderOf) -> None:
    """To return `dw, dw, db` makes one result right, and the others no better."""
    report = grade(grader_of, "affine_layers", changed("affine_layers", (lacking, "")))
    assert report.fault is not None
    assert report.repair is None


@pytest.mark.parametrize(
    ("exercise", "name", "other"),
    [
        ("gradient_records", "accuracy", "share"),
        ("multilayer", "output_layer_out", "outcome['last']"),
        ("backprop", "delta_w_i_h", "dw_in"),
        ("gradient_descent", "del_w", "_"),
    ],
)
def test_of_a_right_value_without_its_name_it_is_said_why_it_fails(
    exercise: str, name: str, other: str, grader_of: GraderOf
) -> None:
    source = f"outcome = {{}}\n{changed(exercise)}".replace(name, other)
    report = grade(grader_of, exercise, source)
    step = step_of(report, name)
    assert step.verdict is Verdict.CORRECT
    assert step.message == f"The value here is right, but nothing called {name} holds it in the end."
    assert not any(each.message for each in report.steps or () if each.name != name)


OUTPUT = "output = sigmoid(np.dot(x, weights))"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OUTPUT, "output = 1 / (1 + math.log1p(-sum(a * b for a, b in zip(x, weights))))"),
        (OUTPUT, "total = sum(a * b for a, b in zip(x, weights))\n        output = 1 / (1 + math.log1p(-total))"),
        ("np.dot(x, weights)", "np.dot(x[:2], weights[:2]) + x[2] * weights[2] ** 2"),
        ("np.dot(x, weights)", "np.dot(x[:3], weights[:3]) + x[2] * weights[2]"),
    ],
)
def test_a_share_that_is_right_by_chance_proves_nothing_while_what_it_comes_from_is_wrong(
    old: str, new: str, on_all_cases: Grader
) -> None:
    source = f"import math\n{changed('gradient_records', (old, new))}"
    report = on_all_cases.grade(decode_submission("a.py", source.encode()))
    assert not any("accuracy would be right" in (step.message or "") for step in report.steps or ())
    assert report.repair is None


X_GIVEN, AS_ROW = "X = np.array([0.5, -0.1, 0.6, 1.5])", "X = np.array([[0.5, -0.1, 0.6, 1.5]])"
SUMS, HIDDEN = "np.dot(X, weights_input_to_hidden)", "sigmoid(hidden_layer_in)"


@pytest.mark.parametrize(
    ("given", "sums", "hidden"),
    [
        (AS_ROW, "np.multiply(X, weights_input_to_hidden)", "sigmoid(hidden_layer_in)[0]"),
        (AS_ROW, "X.T * weights_input_to_hidden", "sigmoid(hidden_layer_in)[0]"),
        (X_GIVEN, "X[:, None] * weights_input_to_hidden", "sigmoid(hidden_layer_in).mean(axis=0)"),
    ],
)
def test_what_takes_its_part_of_a_value_of_another_shape_is_not_called_wrong(
    given: str, sums: str, hidden: str, grader_of: GraderOf
) -> None:
    source = changed("multilayer", (X_GIVEN, given), (SUMS, sums), (HIDDEN, hidden))
    report = grade(grader_of, "multilayer", source)
    assert step_of(report, "hidden_layer_in").verdict.is_wrong
    # Where the example stops before it, it is not reached there.
    assert step_of(report, "hidden_layer_out").verdict.kind is Kind.OPEN


SHARED = "    probabilities = exps / exps.sum(axis=1, keepdims=True)\n    return probabilities\n"
ONE_HOT = "    one_hot = np.zeros(probabilities.shape)\n"


@pytest.mark.parametrize(
    ("returned", "used", "copying"),
    [
        ("exps", ONE_HOT, f"    given = probabilities.copy()\n{ONE_HOT}"),
        ("exps", "    right = probabilities", "    given = np.array(probabilities)\n    right = given"),
        ("shifted", ONE_HOT, f"    given = 1 * probabilities\n{ONE_HOT}"),
    ],
)
def test_what_is_right_as_far_as_it_goes_is_not_blamed_because_another_function_copies_it(
    returned: str, used: str, copying: str, grader_of: GraderOf
) -> None:
    source = changed(SOFTMAX, (SHARED, f"    return {returned}\n"), (used, copying)).replace(returned, "so_far")
    report = grade(grader_of, SOFTMAX, source)
    blamed = step_of(report, "probabilities").line
    assert blamed is not None
    assert source.splitlines()[blamed - 1] == "    return so_far"


BY_CLOSURE = "def outer():\n    def inner():\n        return {}\n    return inner\n{} = outer()()"
BY_GENERATOR = "def steps():\n    yield {}\n{} = next(steps())"
BY_DECORATOR = "@(lambda function: lambda *given: function(*given))\ndef step():\n    return {}\n{} = step()"


@pytest.mark.parametrize("form", [BY_CLOSURE, BY_GENERATOR, BY_DECORATOR])
@pytest.mark.parametrize(
    ("exercise", "name", "old", "wrong", "also"),
    [
        ("multilayer", "output_layer_in", "np.dot(hidden_layer_out, weights_hidden_to_output)", "-{}", ()),
        ("multilayer", "hidden_layer_in", "np.dot(X, weights_input_to_hidden)", "{} / len(X)", ()),
        ("gradient_records", "loss", "np.mean((targets_test - outputs_test) ** 2)", "3 * {}", ()),
        ("gradient_records", "error", "y - output", "output - y", ()),
        (SOFTMAX, "gradient", "(probabilities - one_hot) / len(labels)", "-({})", ()),
        # What else is wrong beside it changes nothing about its line.
        (
            SOFTMAX,
            "gradient",
            "(probabilities - one_hot) / len(labels)",
            "{} / 3",
            [("np.log(right).mean", "right.sum")],
        ),
    ],
)
def test_of_a_generator_or_closure_its_own_line_is_blamed_and_not_who_calls_it(
    exercise: str, name: str, old: str, wrong: str, also: Sequence[tuple[str, str]], form: str, grader_of: GraderOf
) -> None:
    source, written = changed(exercise, *also), f"{name} = {old}"
    line = next(line for line in source.splitlines() if line.strip() == written)
    value = wrong.format(old)
    around = indent(form.format(value, name), line[: -len(written)])
    source = source.replace(line, around)
    report = grade(grader_of, exercise, source)
    blamed = step_of(report, name).line
    assert blamed is not None
    assert source.splitlines()[blamed - 1].strip() in (f"return {value}", f"yield {value}")
    assert report.repair is None or "()" not in report.repair.after


CENTRED = "    row = np.array(numbers, dtype=float)[None, :]\n    row = row - row.min()\n"
UPRIGHT = "    row = np.array(numbers, dtype=float)[:, None]\n"


@pytest.mark.parametrize(
    ("written", "blamed"),
    [
        (f"{UPRIGHT}    row = row - np.min(row)\n", UPRIGHT),
        (f"{UPRIGHT}    row: object = np.subtract(row, row.min())\n", UPRIGHT),
        (
            "    row = np.array(numbers)\n    row = row[:, None]\n    row = row - min(numbers)\n",
            "    row = row[:, None]\n",
        ),
        (
            "    row = np.array(numbers)[:, None] - min(numbers)\n",
            "    row = np.array(numbers)[:, None] - min(numbers)\n",
        ),
    ],
)
def test_of_several_statements_that_give_a_step_the_one_with_the_known_mistake_is_blamed(
    written: str, blamed: str, grader_of: GraderOf
) -> None:
    source = changed("numpy_quiz", (CENTRED, written))
    row = step_of(grade(grader_of, "numpy_quiz", source), "row")
    assert row.misconception == "column-for-row"
    assert row.line is not None
    assert f"{source.splitlines()[row.line - 1]}\n" == blamed


@pytest.mark.parametrize(
    "last",
    [
        "other = sigmoid(output_layer_in)",
        "values = {}; values['last'] = sigmoid(output_layer_in)",
        "other = np.array([each for each in sigmoid(output_layer_in)])",
    ],
)
def test_a_right_value_without_its_name_is_told_where_it_is_bound_and_not_in_a_helper(
    last: str, grader_of: GraderOf
) -> None:
    source = changed("multilayer", ("output_layer_out = sigmoid(output_layer_in)", last)).partition("print(")[0]
    step = step_of(grade(grader_of, "multilayer", source), "output_layer_out")
    assert step.line is not None
    assert source.splitlines()[step.line - 1] == last


@pytest.mark.parametrize(
    "filling",
    [
        "np.subtract.at(slope, (np.arange(len(labels)), labels), 2)",
        "np.copyto(slope, probabilities + one_hot)",
        "np.put_along_axis(slope, labels[:, None], np.take_along_axis(probabilities, labels[:, None], 1) + 1, 1)",
    ],
)
def test_what_a_function_of_numpy_changes_in_place_is_blamed_and_not_who_reads_it(
    filling: str, grader_of: GraderOf
) -> None:
    written = f"    slope = probabilities.copy()\n    {filling}\n    gradient = slope / len(labels)"
    source = changed(SOFTMAX, (MEAN_SLOPE, written))
    gradient = step_of(grade(grader_of, SOFTMAX, source), "gradient")
    assert gradient.line is not None
    assert source.splitlines()[gradient.line - 1].strip() == filling


SHORT_NETWORK = """import numpy as np


class NeuralNetwork:
    def __init__(self, w1, w2, rate):
        self.weights_input_hidden, self.weights_hidden_output, self.rate = w1.copy(), w2.copy(), rate

    def run(self, x):
        return 1 / (1 + np.exp(-x @ self.weights_input_hidden)) @ self.weights_hidden_output

    def train(self, features, targets):
        first = np.zeros(self.weights_input_hidden.shape)
        for x, y in zip(features, targets):
            h = 1 / (1 + np.exp(-x @ self.weights_input_hidden))
            e = y - h @ self.weights_hidden_output
            second += e * h
            first += e * self.weights_hidden_output * h * (1 - h) * x[:, None]
        self.weights_hidden_output += self.rate * second / len(features)
        self.weights_input_hidden += self.rate * first / len(features)
"""
NO_START = "        change_hidden_output = np.zeros(self.weights_hidden_output.shape)\n"


@pytest.mark.parametrize(
    "source",
    [
        changed("neural_network", (NO_START, "")),
        changed(
            "neural_network",
            (NO_START, ""),
            ("error = y - output", "distance = y - output"),
            ("term = error", "term = distance"),
        ),
        SHORT_NETWORK,
        SHORT_NETWORK.replace("second += e * h", "second = second + e * h"),
    ],
)
def test_where_a_function_stops_nothing_behind_is_blamed_for_what_it_leaves_undone(
    source: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, "neural_network", source)
    assert report.fault is not None
    steps = [step for step in report.steps or () if step.verdict is not Verdict.CORRECT]
    assert {step.line for step in steps} == {None}
    assert not any("right for the values" in (step.message or "") for step in steps)


@pytest.mark.parametrize(
    "wrong", [("exps / exps", "2 * exps / exps"), ("(probabilities - one", "(2 * probabilities - one")]
)
def test_beside_a_function_that_stops_a_mistake_in_another_one_is_told(
    wrong: tuple[str, str], grader_of: GraderOf
) -> None:
    source = changed(SOFTMAX, wrong, ("np.log(right)", "np.log(chosen)"))
    report = grade(grader_of, SOFTMAX, source)
    name = "probabilities" if "exps" in wrong[0] else "gradient"
    line = step_of(report, name).line
    assert line is not None
    assert wrong[1] in source.splitlines()[line - 1]


@pytest.mark.parametrize(
    "wrong", ["np.maximum(hidden_layer_in, 0)", "-sigmoid(hidden_layer_in)", "hidden_layer_in ** 2"]
)
def test_of_functions_that_one_decorator_wraps_the_wrong_one_is_blamed(wrong: str, grader_of: GraderOf) -> None:
    told = "def told(function):\n    def inner(*given):\n        return function(*given)\n    return inner\n\n\n"
    form = "@told\ndef step():\n    return {}\n{} = step()"
    lines = changed("multilayer", ("sigmoid(hidden_layer_in)", wrong)).splitlines()
    names = ("hidden_layer_in", "hidden_layer_out", "output_layer_in", "output_layer_out")
    parts = [line.partition(" = ") for line in lines]
    source = told + "\n".join(
        form.format(value, name) if name in names else name + sign + value for name, sign, value in parts
    )
    step = step_of(grade(grader_of, "multilayer", source), "hidden_layer_out")
    assert step.verdict.is_wrong
    assert step.line is not None
    assert source.splitlines()[step.line - 1] == f"    return {wrong}"


SLOPE = "def slope(z):\n    s = sigmoid(z)\n    return s * (1 - s)\n\n\n"
FEWER = "def slope(a):\n    rest = 1 - a\n    return rest * a\n\n\n"
SCALED = "def slope(e, a):\n    return e * a\n\n\n"


@pytest.mark.parametrize(
    ("exercise", "helper", "step", "right", "wrong", "line"),
    [
        (
            "backprop",
            SLOPE,
            "output_error_term",
            "error * output * (1 - output)",
            "slope(output_layer_in)",
            "output_error_term =",
        ),
        (
            "backprop",
            FEWER,
            "hidden_error_term",
            "output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)",
            "slope(hidden_layer_output)",
            "hidden_error_term =",
        ),
        ("gradient_descent", SLOPE, "error_term", "error * sigmoid_prime(h)", "slope(h)", "error_term ="),
        # What is given all that a step is made of is meant to be the whole of it.
        (
            "backprop",
            SCALED,
            "output_error_term",
            "error * output * (1 - output)",
            "slope(error, output)",
            "    return e * a",
        ),
    ],
)
def test_a_statement_is_blamed_that_only_calls_what_is_right_as_a_part_of_it(
    exercise: str, helper: str, step: str, right: str, wrong: str, line: str, grader_of: GraderOf
) -> None:
    source = changed(exercise, (f"{step} = {right}", f"{step} = {wrong}"), ("\nx = ", f"\n\n{helper}x = "))
    found = step_of(grade(grader_of, exercise, source), step)
    assert found.verdict is Verdict.WRONG_VALUE
    assert found.line is not None
    assert source.splitlines()[found.line - 1].startswith(line)


HALF_FILLED = """del_w = np.zeros(len(x))
for i in range(len(x)):
    del_w[i] = learnrate * error_term * x[i]
    print("entry " + i)
"""
ONE_TOO_MANY = """del_w = np.zeros(4)
for i in range(5):
    del_w[i] = learnrate * error_term * x[i]
"""
SHIFTED = """del_w = np.zeros(len(x))
i = 0
while i < len(x):
    i += 1
    del_w[i - 1] += learnrate * error_term * x[i]
"""


@pytest.mark.parametrize(
    ("step", "old", "new", "line"),
    [
        ("del_w", "del_w = learnrate * error_term * x\n", HALF_FILLED, '    print("entry " + i)'),
        ("del_w", "del_w = learnrate * error_term * x\n", ONE_TOO_MANY, "    del_w[i] = learnrate * error_term * x[i]"),
        ("del_w", "del_w = learnrate * error_term * x\n", SHIFTED, "    del_w[i - 1] += learnrate * error_term * x[i]"),
        (
            "h",
            "h = np.dot(x, w)\n",
            "h = 0\nfor i in range(5):\n    h = h + x[i] * w[i]\n",
            "    h = h + x[i] * w[i]",
        ),
        (
            "error_term",
            "error_term = error * sigmoid_prime(h)\n",
            "error_term = error\nerror_term *= slope(h)\n",
            "error_term *= slope(h)",
        ),
    ],
)
def test_a_step_that_was_being_computed_when_the_script_stopped_is_not_judged_by_what_it_was(
    step: str, old: str, new: str, line: str, grader_of: GraderOf
) -> None:
    source = changed("gradient_descent", (old, new))
    report = grade(grader_of, "gradient_descent", source)
    found = step_of(report, step)
    assert found.verdict is Verdict.EXCEPTION
    assert found.line == source.splitlines().index(line) + 1
    assert found.message == "An error was raised before this step was finished."
    others = {each.verdict for each in report.steps or () if each.name != step}
    assert others <= {Verdict.CORRECT, Verdict.NOT_REACHED}


@pytest.mark.parametrize(
    ("exercise", "line", "step"),
    [
        # It is printed, used in the next step, and used behind two others.
        ("gradient_descent", "del_w = learnrate * error_term * x\n", "del_w"),
        ("gradient_descent", "error_term = error * sigmoid_prime(h)\n", "error_term"),
        ("backprop", "error = target - output\n", "error"),
        ("gradient_records", "        error = y - output\n", "error"),
        ("gradient_records", "accuracy = np.mean((outputs_test > 0.5) == targets_test)\n", "accuracy"),
    ],
)
def test_a_step_that_is_used_and_written_nowhere_is_said_to_be_missing(
    exercise: str, line: str, step: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, (line, "")))
    assert report.fault is not None
    found = step_of(report, step)
    assert found.message == "There is no value for this step yet."
    assert found.line is None


def test_a_step_that_is_written_but_not_run_is_not_said_to_be_missing(grader_of: GraderOf) -> None:
    lines = ("error = y - nn_output\n", "if h > 100:\n    error = y - nn_output\n")
    report = grade(grader_of, "gradient_descent", changed("gradient_descent", lines))
    assert step_of(report, "error_term").verdict is Verdict.EXCEPTION
    assert "error" not in {step.name for step in report.steps or ()}


@pytest.mark.parametrize(
    ("exercise", "old", "new", "step", "verdict"),
    [
        ("gradient_descent", "np.dot(x, w)", "w[0] * x[0] + w[1] * x[1] + w[2] * x[2]", "h", Verdict.WRONG_VALUE),
        ("backprop", "hidden_error_term * x[:, None]", "hidden_error_term * x[:2]", "delta_w_i_h", Verdict.WRONG_SHAPE),
        (
            "numpy_quiz",
            "first @ second if first.shape[1] == second",
            "second @ first if first.shape[1] == second",
            "forward",
            Verdict.WRONG_SHAPE,
        ),
    ],
)
def test_a_value_of_the_example_is_told_by_what_it_is_where_only_other_cases_stop(
    exercise: str, old: str, new: str, step: str, verdict: Verdict, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    assert report.fault is not None
    assert step_of(report, step).verdict is verdict
    assert report.counterexample is not None
    assert not isinstance(report.counterexample.actual, str)


@pytest.mark.parametrize(
    ("exercise", "old", "new", "step"),
    [
        ("numpy_quiz", "dtype=float)[None, :]", "dtype=float)", "row"),
        ("gradient_records", f"np.mean({SQUARES})", f"({SQUARES})", "loss"),
        (SOFTMAX, "-np.log(right).mean()", "-np.log(right)", "loss"),
    ],
)
def test_of_a_wrong_shape_it_is_said_that_the_shape_is_wrong(
    exercise: str, old: str, new: str, step: str, grader_of: GraderOf
) -> None:
    found = step_of(grade(grader_of, exercise, changed(exercise, (old, new))), step)
    assert found.verdict is Verdict.WRONG_SHAPE
    assert (found.message or "").startswith("The shape of this step is wrong")


@pytest.mark.parametrize(
    ("old", "new", "mended"),
    [
        (
            "learnrate * error_term * x\n",
            "(learnrate * error_term * x).astype(x.dtype)\n",
            "learnrate * error_term * x",
        ),
        ("learnrate * error_term * x\n", "(learnrate * error_term * x).round(3)\n", "learnrate * error_term * x"),
        ("np.dot(x, w)\n", "x.dot(w).astype(x.dtype)\n", "x.dot(w)"),
    ],
)
def test_of_a_method_that_spoils_a_right_value_the_edit_leaves_it_out(
    old: str, new: str, mended: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, "gradient_descent", changed("gradient_descent", (old, new)))
    assert report.repair is not None
    assert report.repair.after == mended


@pytest.mark.parametrize(
    ("exercise", "old", "new"),
    [
        ("elimination", "-u[:-1, -1]", "u[:-1, -1]"),
        (SOFTMAX, "-np.log(right).mean()", "-np.log(right).sum()"),
        ("numpy_quiz", "(table > level).sum(axis=1)", "(table[:] < level).sum(axis=1)"),
    ],
)
def test_no_edit_calculates_with_a_whole_array_of_which_a_part_is_taken(
    exercise: str, old: str, new: str, grader_of: GraderOf
) -> None:
    report = grade(grader_of, exercise, changed(exercise, (old, new)))
    assert report.repair is not None
    assert ")[" not in report.repair.after


@pytest.mark.parametrize(
    "search",
    [
        "        p = k\n",
        "        p = k + np.argmax(u[k:, k]) * 0\n",
        "        p = n - len(c) + k\n",
    ],
)
def test_what_comes_to_the_lines_of_a_mistake_is_told_these(search: str, grader_of: GraderOf) -> None:
    """Without the search for the largest element a zero is divided by, in the triangle and in all that comes of it."""
    search_line = "        p = k + np.argmax(np.abs(u[k:, k]))\n"
    source = changed("elimination", (search_line, search), ("    n = len(c)\n    for k", "    n = c.size\n    for k"))
    report = grade(grader_of, "elimination", source)
    told = {name: step_of(report, name).message for name in ("below", "solution", "direction")}
    assert len(set(told.values())) == 1
    assert "could not tell which line" not in (told["below"] or "")


AT_ONCE = (ROOT / "tests/submissions/backprop_records/correct/whole_matrix.py").read_text(encoding="utf-8")
ONE_UNIT = (ROOT / "tests/submissions/gradient_records/correct/whole_matrix.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("exercise", "source", "old", "new"),
    [
        ("gradient_records", ONE_UNIT, "out * (1 - out)", "out * (out - 1)"),
        ("gradient_records", ONE_UNIT, "weights +=", "weights -="),
        ("backprop_records", AT_ONCE, "O * (1 - O)", "O * (O - 1)"),
    ],
)
def test_no_known_mistake_is_told_of_a_step_that_is_right_within_what_is_computed(
    exercise: str, source: str, old: str, new: str, grader_of: GraderOf
) -> None:
    """The results are those of an error with the opposite sign."""
    assert source.count(old) == 1
    report = grade(grader_of, exercise, source.replace(old, new))
    assert report.score.points == 0
    assert {step.misconception for step in report.steps or ()} == {None}


@pytest.mark.parametrize(
    ("exercise", "source", "old", "new"),
    [
        ("gradient_records", ONE_UNIT, "(targets - out)", "(out - targets)"),
        ("backprop_records", AT_ONCE, "(Y - O)", "(O - Y)"),
    ],
)
def test_a_known_mistake_in_a_step_without_a_name_is_told(
    exercise: str, source: str, old: str, new: str, grader_of: GraderOf
) -> None:
    assert source.count(old) == 1
    report = grade(grader_of, exercise, source.replace(old, new))
    assert "error-reversed" in {step.misconception for step in report.steps or ()}


@pytest.mark.parametrize(
    "passes",
    [
        "error_term = error\nfor k in range(3):\n    error_term = error_term * nn_output\n",
        "error_term = error\nfor k in range(2):\n    error_term = error_term * nn_output * nn_output\n",
        "error_term, k = 1.0, 0\nwhile k < 2:\n    error_term, k = error_term * error, k + 1\n",
    ],
)
def test_an_edit_that_is_told_mends_a_statement_that_is_run_several_times(passes: str, grader_of: GraderOf) -> None:
    source = changed("gradient_descent", ("error_term = error * sigmoid_prime(h)\n", passes))
    report = grade(grader_of, "gradient_descent", source)
    assert report.score.points == 0
    if report.repair is not None:
        lines = source.splitlines()
        at = (report.repair.line or 0) - 1
        assert lines[at].count(report.repair.before) == 1
        lines[at] = lines[at].replace(report.repair.before, report.repair.after)
        assert grade(grader_of, "gradient_descent", "\n".join(lines)).score.points == 100


def test_no_edit_is_told_of_a_line_where_another_one_stops_the_step(grader_of: GraderOf) -> None:
    rows = "del_w = [learnrate * error_term * v for v in x[1:]]\ndel_w.append(rate * error_term * x[0])\n"
    source = changed("gradient_descent", ("del_w = learnrate * error_term * x\n", rows))
    report = grade(grader_of, "gradient_descent", source)
    assert step_of(report, "del_w").line == source.splitlines().index("del_w.append(rate * error_term * x[0])") + 1
    assert report.repair is None


def test_a_right_value_in_a_function_that_stops_is_not_said_to_lack_a_name_only(grader_of: GraderOf) -> None:
    function = (
        "def change(term, x):\n    out = np.zeros((len(x), len(term)))\n    for i in range(len(x) + 1):\n"
        "        out[i] = learnrate * term * x[i]\n    return out\n\n\ndelta_w_i_h = change(hidden_error_term, x)\n"
    )
    source = changed("backprop", ("delta_w_i_h = learnrate * hidden_error_term * x[:, None]\n", function))
    found = step_of(grade(grader_of, "backprop", source), "delta_w_i_h")
    line = source.splitlines().index("        out[i] = learnrate * term * x[i]") + 1
    assert found.message == f"Your code stopped in line {line}. Fix that first, and then look at this result again."
