"""No sentence claims more than was tried: scripts of which it would be false, and some of which it is true."""

from pathlib import Path

import pytest

from graders.outcome import Feedback, Report, Step, Verdict
from tests.support.opening import open_grader
from tests.support.sandboxes import RIGHT, grade_text, skipping_without_kernel

ROOT = Path(__file__).parents[1]
SUBMISSIONS = ROOT / "tests" / "submissions"
QUIZ = (ROOT / "reference" / "numpy_quiz.py").read_text(encoding="utf-8")
SOFTMAX = (ROOT / "reference" / "softmax_cross_entropy.py").read_text(encoding="utf-8")
ONE_ROW = (SUBMISSIONS / "multilayer" / "correct" / "row_flattened.py").read_text(encoding="utf-8")
RANDOM = (SUBMISSIONS / "multilayer" / "correct" / "random_numbers.py").read_text(encoding="utf-8")


def graded(exercise: str, source: str, *edits: tuple[str, str], cases: int = 8) -> Report:
    """Return the report on a source in which each pair's first text, which is there, is the second."""
    for old, new in edits:
        assert old in source, old
        source = source.replace(old, new, 1)
    with skipping_without_kernel(), open_grader(exercise, cases=cases) as grader:
        return grade_text(grader, source)


def step_of(report: Report, name: str) -> Step:
    return next(step for step in report.steps or () if step.name == name)


def test_what_is_defined_below_is_not_said_to_belong_above() -> None:
    """It may need what stands between."""
    (note,) = graded("backprop", RIGHT, ("target - output", "target - error_term")).notes[:1]
    assert "spelled the same way" in note
    (note,) = graded("backprop", RIGHT, ("target - output", "target - delta_w_h_o")).notes[:1]
    assert note.startswith("delta_w_h_o is defined further down")
    assert "move it" not in note


def test_where_a_given_may_stand_is_not_where_a_name_is_defined() -> None:
    source = RIGHT.replace("learnrate = 0.5", "").replace("learnrate *", "0.5 *") + "print(learnrate)\n"
    notes = graded("backprop", source).notes
    assert any(note.startswith("Look at line") and "learnrate" in note for note in notes)
    assert not any("further down" in note for note in notes)


@pytest.mark.parametrize(
    ("exercise", "source", "edit", "name"),
    [
        ("numpy_quiz", QUIZ, ("def count_above(table, level)", "def count_above(values, limit)"), "table"),
        ("numpy_quiz", QUIZ, ("table.sum(axis=0)", "counts.sum(axis=0)"), "counts"),
        (
            "softmax_cross_entropy",
            SOFTMAX,
            ("def cross_entropy(probabilities,", "def cross_entropy(p,"),
            "probabilities",
        ),
    ],
)
def test_a_name_of_an_example_that_is_not_run_is_told_to_be_one(
    exercise: str, source: str, edit: tuple[str, str], name: str
) -> None:
    """On the student's machine, where the example is run, it has a value."""
    notes = graded(exercise, source, edit).notes
    assert any(note.startswith(f"{name} is assigned in your example (line ") for note in notes)


@pytest.mark.parametrize(
    ("edit", "end"),
    [
        (("table > level", "tabel > level"), ""),  # nowhere
        (("table > level", "table > limit"), "\ndef f():\n    limit = 1\n"),  # in a function alone
        (("table > level", "table > limit"), "\nif False:\n    limit = 1\n"),  # in what is run as a definition
    ],
)
def test_another_name_is_not(edit: tuple[str, str], end: str) -> None:
    notes = graded("numpy_quiz", QUIZ + end, edit).notes
    assert any("spelled the same way" in note for note in notes)
    assert not any("your example" in note for note in notes)


@pytest.mark.parametrize("turned", ["X.reshape(1, -1)", "X[None, :]", "np.array([X])", "X.copy()"])
def test_what_is_made_of_another_edition_s_number_is_no_changed_one(turned: str) -> None:
    report = graded("multilayer", RANDOM, ("hidden_layer_in =", f"row = {turned}\nhidden_layer_in ="), ("(X,", "(row,"))
    assert [note for note in report.notes if "You changed" in note] == []
    assert "The numbers in your script are those of another edition of this lesson." in report.notes


def test_one_that_is_changed_is() -> None:
    report = graded("multilayer", RANDOM, ("np.random.randn(4)", "np.array([0.5, 0.25, -1.0, 2.0])"))
    assert any(note.startswith("You changed the value of ") for note in report.notes)


@pytest.mark.parametrize(
    "stops", ["sigmoid(hidden_layer_in)[1]", "sigmoid(hidden_layer_in)[:, 5]", "sigmoid(hidden_layer_in).flaten()"]
)
def test_what_was_never_reached_is_not_right_for_what_it_was_given(stops: str) -> None:
    """The function that would give it was called for what stopped the script."""
    report = graded("multilayer", ONE_ROW, ("sigmoid(hidden_layer_in)", stops))
    assert step_of(report, "output_layer_out").verdict is Verdict.NOT_REACHED


def test_what_was_reached_before_something_stopped_the_script_is() -> None:
    edits = [("np.dot(X, weights", "1 + np.dot(X, weights"), ("output_layer_in =", "print(x)\noutput_layer_in =")]
    report = graded("multilayer", ONE_ROW, *edits)
    assert step_of(report, "hidden_layer_out").verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE
    assert step_of(report, "output_layer_out").verdict is Verdict.NOT_REACHED


def test_a_side_that_is_exchanged_but_not_reduced_is_not_said_to_be_left_alone() -> None:
    source = (ROOT / "reference" / "elimination.py").read_text(encoding="utf-8")
    step = step_of(graded("elimination", source, ("            c[i] = c[i] - factor * c[k]\n", "")), "kept")
    assert step.misconception == "right-side-left"
    assert (step.message or "").startswith("What you take off a row of the matrix, you do not take off its right side.")


@pytest.mark.parametrize("returned", ["forward, backward", "(forward, backward)", "[forward, backward]"])
def test_a_todo_that_is_open_is_not_a_mistake_of_what_returns_it(returned: str) -> None:
    template = (ROOT / "exercises" / "numpy_quiz" / "numpy_quiz.py").read_text(encoding="utf-8")
    report = graded("numpy_quiz", template, ("return forward, backward", f"return {returned}"))
    assert {(step.message, step.line) for step in report.steps or ()} == {
        ("There is no value for this step yet.", None)
    }


def test_what_is_none_on_some_cases_is_not_said_to_have_no_value() -> None:
    report = graded("numpy_quiz", QUIZ, ("first.shape[0] else 'no fit'", "first.shape[0] else None"))
    assert step_of(report, "backward").verdict is Verdict.WRONG_VALUE
    assert step_of(report, "backward").message != "There is no value for this step yet."


@pytest.mark.parametrize("instead", ["first * 2", "0.0", "'no match'", "None", "[first.shape]", "{'fit': False}"])
def test_what_stands_where_a_text_is_asked_for_is_not_said_to_be_no_numbers(instead: str) -> None:
    report = graded("numpy_quiz", QUIZ, ("first.shape[0] else 'no fit'", f"first.shape[0] else {instead}"))
    assert {check.verdict for check in report.checks} == {Verdict.CORRECT, Verdict.WRONG_VALUE}


SAME = "The value here is the same on every case looked at, and the right one is not."
TYPED = "These numbers are typed into the code: they are the same on every case. Compute them from the given values."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0.25", TYPED),
        ("np.array([0.25])", TYPED),
        ("np.zeros(1)", SAME),
        ("np.random.rand(1)", SAME),
        ("float(abs(target) < 5)", SAME),  # by chance, on these cases
        ("output", "The value here is that of output. Which step is asked for here?"),
    ],
)
def test_numbers_are_said_to_be_typed_in_where_they_stand(value: str, said: str) -> None:
    assert step_of(graded("backprop", RIGHT, ("target - output", value)), "error").message == said


@pytest.mark.parametrize(
    ("stops", "said"),
    [
        ("np.dot(x, x[1:])", "A product of matrices"),
        ("x @ x[1:]", "A product of matrices"),
        ("np.linalg.solve(np.eye(3), np.ones(2))", ""),
        ("np.vecdot(x, x[1:])", ""),
        ("float(input())", "Nobody can answer input()"),
        ("[input() for _ in range(9_999_999)]", "Nobody can answer input()"),
        ("__import__('pickle').loads(b'')", ""),
    ],
)
def test_an_exception_is_explained_only_where_it_is_known_to_mean_that(stops: str, said: str) -> None:
    notes = graded("backprop", RIGHT, ("target - output", stops)).notes
    assert [note.startswith(said) for note in notes] == ([True] if said else [])


@pytest.mark.parametrize(
    "stops", ["h", "len(None)", "x.shpe", "y - np.dot(hidden, np.ones(7))"], ids=["name", "none", "attribute", "shape"]
)
def test_a_result_that_a_stop_left_as_it_was_is_told_with_the_line_that_stopped(stops: str) -> None:
    network = (ROOT / "reference" / "neural_network.py").read_text(encoding="utf-8")
    edits = [("error = y - output", f"error = {stops}"), ("output_term = error", "output_term = 1 * error")]
    report = graded("neural_network", network, *edits)
    assert report.fault is not None
    message = f"Your code stopped in line {report.fault.line}. Fix that first, and then look at this result again."
    assert {step.message for step in report.steps or () if step.verdict is Verdict.WRONG_VALUE} == {message}


FORWARD = ("output_layer_in = np.dot", "output_layer_in = 2 * np.dot")
TERM = "output_error_term = error * output * (1 - output)"


@pytest.mark.parametrize(
    ("edits", "source"),
    [
        ([("error = target", "gap = target"), (TERM, "output_error_term = gap * output")], "gap * output"),
        ([(TERM, "held = output * 1\noutput_error_term = error * held")], "error * held"),
        ([(TERM, "held = target - output\noutput_error_term = held * output")], "held * output"),
        ([(TERM, "slope = 1 + output\noutput_error_term = error * output * slope")], "1 + output"),  # which is wrong
    ],
)
def test_beside_a_mistake_further_up_a_step_is_told_where_it_is_wrong_itself(
    edits: list[tuple[str, str]], source: str
) -> None:
    step = step_of(graded("backprop", RIGHT, FORWARD, *edits, cases=20), "output_error_term")
    assert step.misconception is not None
    assert step.site is not None
    assert step.site.source == source


CHANGE = "delta_w_h_o = learnrate * output_error_term * hidden_layer_output"


@pytest.mark.parametrize(
    "instead",
    [
        f"{CHANGE}\nresult = delta_w_h_o\ndelta_w_h_o = None",
        CHANGE.replace("delta_w_h_o", "delta_w_ho") + "\ndelta_w_h_o = None",
        CHANGE.replace("delta_w_h_o", "last"),
        "delta_w_h_o = None",
    ],
)
def test_no_edit_of_a_right_line_is_said_to_mend_what_has_no_value(instead: str) -> None:
    source = RIGHT.replace("print(delta_w_h_o)", "")
    assert CHANGE in source
    with skipping_without_kernel(), open_grader("backprop", cases=8, feedback=Feedback.REPAIR) as grader:
        assert grade_text(grader, source.replace(CHANGE, instead)).repair is None
        assert grade_text(grader, source.replace(CHANGE, CHANGE.replace("learnrate *", "2 *"))).repair is not None


def test_a_function_that_lacks_the_line_that_sets_a_name_is_not_told_to_take_it_as_an_argument() -> None:
    """Its example may give a result the same name."""
    line = QUIZ[QUIZ.index("backward = second") : QUIZ.index("    return forward, backward")]
    notes = graded("numpy_quiz", QUIZ, (line, "pass\n")).notes
    assert [note.partition("here. ")[2] for note in notes] == ["Should the function compute it, or be given it?"]


LATE_METHODS = (SUBMISSIONS / "neural_network" / "correct" / "methods_given_later.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "setting",
    [
        "NeuralNetwork.activation = staticmethod(lambda z: 1 / (1 + np.log1p(-z)))",
        "NeuralNetwork.activation = staticmethod(np.tanh)",
    ],
)
def test_an_edit_after_which_a_definition_raises_is_no_edit_that_mends(setting: str) -> None:
    """It would leave the method that the class has itself, which is right."""
    (replaced,) = [line for line in LATE_METHODS.splitlines() if line.startswith("NeuralNetwork.activation = ")]
    own = "    def activation(self, z):\n        return 1 / (1 + np.exp(-z))\n\n    def run("
    report = graded("neural_network", LATE_METHODS, ("    def run(", own), (replaced, setting))
    assert report.verdict.is_wrong
    if report.repair is not None:
        edited = LATE_METHODS.replace("    def run(", own, 1).replace(replaced, setting)
        edited = edited.replace(report.repair.before, report.repair.after, 1)
        exec(compile(edited, "edited", "exec"), {"__name__": "edited"})


def test_a_result_that_is_there_once_a_return_is_there_is_said_to_be_right_then() -> None:
    source = (SUBMISSIONS / "neural_network" / "wrong" / "prints_outputs.py").read_text(encoding="utf-8")
    trained = step_of(graded("neural_network", source), "trained_outputs")
    assert trained.message == "This will be right, too. Fix outputs (line 11) first."


def test_what_stands_above_a_step_that_is_there_is_not_said_to_be_where_the_script_stopped() -> None:
    source = (SUBMISSIONS / "gradient_records" / "correct" / "names_of_module.py").read_text(encoding="utf-8")
    report = graded("gradient_records", source, ("round(out) == target", "-(round(out) == target)"))
    assert step_of(report, "weights").verdict is Verdict.CORRECT
    above = [step_of(report, name).verdict for name in ("output", "error", "error_term", "del_w")]
    assert Verdict.NOT_REACHED not in above
    assert Verdict.EXCEPTION not in above


@pytest.mark.parametrize(
    "folded", ["(target - output) * output * (1 - output)", "np.multiply(target - output, output * (1 - output))"]
)
def test_a_step_that_is_folded_into_another_is_not_said_to_have_stopped_the_script(folded: str) -> None:
    report = graded(
        "backprop",
        RIGHT,
        ("error = target - output\n", ""),
        ("error * output * (1 - output)", folded),
        ("\ndelta_w_i_h =", "\nmore = x + np.ones(7)\ndelta_w_i_h ="),
    )
    assert {step.name: step.verdict for step in report.steps or ()}.get("error") not in {
        Verdict.EXCEPTION,
        Verdict.NOT_REACHED,
    }


@pytest.mark.parametrize("product", ["np.einsum('i,i->i', x, hidden_error_term)", "np.einsum('i,ij', x, np.eye(7))"])
def test_axes_with_the_same_letter_are_not_said_to_be_taken_element_by_element(product: str) -> None:
    report = graded("backprop", RIGHT, ("learnrate * hidden_error_term * x[:, None]", product))
    assert report.fault is not None
    assert "broadcast together" in report.fault.message
    assert not any("element by element" in note for note in report.notes)


@pytest.mark.parametrize("edit", [None, ("w1 @ X", "X @ w1"), ("w2 @", "2 * w2 @")])
def test_numbers_that_two_editions_share_are_those_of_the_one_that_has_all(edit: tuple[str, str] | None) -> None:
    """The weights of the second edition are stored the other way round, and its inputs are the first one's."""
    source = (SUBMISSIONS / "multilayer" / "correct" / "seed_42_turned.py").read_text(encoding="utf-8")
    edits = [] if edit is None else [edit]
    notes = graded("multilayer", source, *edits).notes
    assert "The numbers in your script are those of another edition of this lesson." in notes
    assert not [note for note in notes if note.startswith("You changed")]


@pytest.mark.parametrize("sigmoid", ["0 + np.exp(-x)", "1 + np.exp(x)", "1 + np.log1p(x * x)"])
def test_of_two_calls_of_a_wrong_function_only_the_first_is_said_to_differ(sigmoid: str) -> None:
    """The other call is right as it stands."""
    notes = graded("backprop", RIGHT, ("1 + np.exp(-x)", sigmoid)).notes
    (note,) = [note for note in notes if note.startswith("Your forward pass differs")]
    assert note.count("(line ") == 1


@pytest.mark.parametrize("slope", ["output * (1 - output)", "(output - output ** 2)", "(1 - output) * output"])
def test_a_place_that_is_to_be_mended_is_no_other_step_that_is_right(slope: str) -> None:
    """The error with the slope in it is what the error term should be."""
    report = graded("backprop", RIGHT, ("error = target - output", f"error = (target - output) * {slope}"))
    assert step_of(report, "error").misconception == "error-with-derivative"
    term = step_of(report, "output_error_term")
    assert term.verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE
    assert term.line != step_of(report, "error").line


@pytest.mark.parametrize("called", ["_nll", "lambda p, y: _nll(p, y)"])
def test_a_function_in_a_dictionary_is_no_place_of_the_step_that_the_key_is_called_as(called: str) -> None:
    source = (SUBMISSIONS / "softmax_cross_entropy" / "correct" / "functions_in_a_dictionary.py").read_text("utf-8")
    (line,) = [number for number, text in enumerate(source.splitlines(), start=1) if text.startswith("OPS = ")]
    slip = ("return e / e.sum(axis=1, keepdims=True)", "return e / e.sum(axis=1, keepdims=True) + 1")
    report = graded("softmax_cross_entropy", source, slip, ('"loss": _nll', f'"loss": {called}'))
    assert {step.line for step in report.steps or ()}.isdisjoint({line})


LAYERS = (ROOT / "reference" / "multilayer.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("edit", "name"),
    [
        (("1 / (1 + np.exp(-x))", "1 / (1 + np.log1p(-x))"), "hidden_layer_out"),
        (("sigmoid(hidden_layer_in)", "sigmoid(np.log(1.5 + hidden_layer_in))"), "hidden_layer_out"),
        (
            ("np.dot(X, weights_input_to_hidden)", "np.dot(X, weights_input_to_hidden) / np.sqrt(X.sum())"),
            "hidden_layer_in",
        ),
    ],
)
def test_what_is_said_of_a_step_is_so_on_the_case_that_is_shown(edit: tuple[str, str], name: str) -> None:
    """On other cases it is infinite."""
    report = graded("multilayer", LAYERS, edit, cases=30)
    assert step_of(report, name).verdict is Verdict.WRONG_VALUE
    assert report.counterexample is not None
    assert report.counterexample.differs_at is not None
    assert "nan" not in str(report.counterexample.actual)


@pytest.mark.parametrize(
    ("exercise", "edits", "name", "given"),
    [
        (
            "gradient_records",
            [
                ("    weights = weights + learnrate * del_w / len(features)", "    pass"),
                ("        del_w += error_term * x", "        pass"),
            ],
            "weights",
            "weights",
        ),
        (
            "multilayer",
            [("hidden_layer_out = sigmoid(hidden_layer_in)", "hidden_layer_out = X")],
            "hidden_layer_out",
            "X",
        ),
        (
            "neural_network",
            [
                (
                    "        self.weights_hidden_output += self.learnrate * change_hidden_output / len(features)",
                    "        pass",
                ),
                (
                    "        self.weights_input_hidden += self.learnrate * change_input_hidden / len(features)",
                    "        pass",
                ),
                ("            change_hidden_output += output_term * hidden", "            pass"),
                ("            change_input_hidden += hidden_term * x[:, None]", "            pass"),
            ],
            "new_hidden_output",
            "weights_hidden_output",
        ),
    ],
)
def test_what_nothing_has_changed_is_said_to_be_as_it_was_given(
    exercise: str, edits: list[tuple[str, str]], name: str, given: str
) -> None:
    source = (ROOT / "reference" / f"{exercise}.py").read_text(encoding="utf-8")
    assert step_of(graded(exercise, source, *edits), name).message == (
        f"On every case looked at this is {given}, just as it was given."
    )


ELIMINATION = (ROOT / "reference" / "elimination.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("scaled", ["v / np.sqrt(v.sum())", "v / v.sum() ** 0.5", "v * (1 / np.sqrt(v.sum()))"])
def test_an_edit_that_does_not_mend_the_whole_bank_is_not_shown(scaled: str) -> None:
    """Any length will do but that of a negative number, which `v.max()` is on a few cases."""
    source = (
        ELIMINATION[: ELIMINATION.index("def kernel_direction")]
        + (
            "def kernel_direction(matrix):\n"
            "    u, _ = triangular(matrix, np.zeros(len(matrix)))\n"
            "    v = np.append(back_substitution(u[:-1, :-1], u[:-1, -1]), -1.0)\n"
            f"    return {scaled}\n\n\n"
        )
        + ELIMINATION[ELIMINATION.index("def misfit") :]
    )
    with skipping_without_kernel(), open_grader("elimination", cases=60, feedback=Feedback.REPAIR) as grader:
        repair = grade_text(grader, source).repair
        assert repair is None or grade_text(grader, source.replace(repair.before, repair.after)).score.points == 100


@pytest.mark.parametrize(
    "lines",
    [
        ("numbers.sort()", "row = np.array([numbers])", "return row - row[0][0]"),
        ("numbers.sort()", "return np.array([numbers]) - numbers[0]"),
        ("numbers.reverse()", "row = np.array([numbers])", "return row - row[0][-1]"),
        ("numbers.sort()", "row = np.reshape(numbers, (1, -1))", "row = row - row[0, 0]", "return row"),
        ("numbers.sort()", "row = np.array([numbers])", "row -= row[0][0]", "return row"),
    ],
)
def test_what_is_computed_is_not_one_too_many_where_the_result_itself_was_put_in(lines: tuple[str, ...]) -> None:
    """With the right row in place of the sorted numbers, a shift that is left out would mend, and without it never."""
    body = "".join(f"    {line}\n" for line in lines)
    source = f"import numpy as np\n\n\ndef centred_row(numbers):\n{body}" + QUIZ[QUIZ.index("\n\ndef products") :]
    with skipping_without_kernel(), open_grader("numpy_quiz", cases=8, feedback=Feedback.REPAIR) as grader:
        report = grade_text(grader, source)
    assert report.repair is None
    assert "right on every case looked at" not in (step_of(report, "row").message or "")


HELPED = """
import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))
{}
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
hidden = sigmoid(x @ weights_input_hidden)
output = sigmoid(hidden @ weights_hidden_output)
error = target - output
output_error_term = {}
hidden_error_term = {}
delta_w_h_o = {}
delta_w_i_h = {}
"""
HELPER, FIRST_CHANGE, SECOND_CHANGE = 4, 15, 16
TERMS = ("error * output * (1 - output)", "output_error_term * weights_hidden_output * hidden * (1 - hidden)")
CHANGES = ("learnrate * output_error_term * hidden", "learnrate * np.outer(x, hidden_error_term)")


@pytest.mark.parametrize(
    ("helper", "changes", "line"),
    [
        ("def change(term, v, rate=1): return rate * np.multiply.outer(v, term)",
         ("change(output_error_term, hidden)", "change(hidden_error_term, x, learnrate)"), FIRST_CHANGE),
        ("change = lambda term, v, rate=0.1: rate * term * v",
         ("change(output_error_term, hidden)", "change(hidden_error_term, x[:, None], learnrate)"), FIRST_CHANGE),
        ("def change(term, v, rate=1):\n    return rate * np.multiply.outer(v, term)",
         ("change(output_error_term, hidden, learnrate)", "change(hidden_error_term, x)"), SECOND_CHANGE + 1),
    ],
)  # fmt: skip
def test_a_helper_that_is_right_where_it_is_called_rightly_is_not_blamed(
    helper: str, changes: tuple[str, str], line: int
) -> None:
    (wrong,) = (
        step for step in graded("backprop", HELPED.format(helper, *TERMS, *changes)).steps or () if step.message
    )
    assert wrong.line == line


@pytest.mark.parametrize(
    "helper",
    [
        "def slope(a): return a * (1 + a)",
        "def slope(a): return sigmoid(a) * (1 - sigmoid(a))",
        "slope = lambda a: 1 - a ** 2",
    ],
)
def test_what_calls_a_wrong_helper_is_not_said_to_depend_on_values_before_it(helper: str) -> None:
    terms = ("error * slope(output)", "output_error_term * weights_hidden_output * slope(hidden)")
    report = graded("backprop", HELPED.format(helper, *terms, *CHANGES))
    assert step_of(report, "hidden_error_term").line == HELPER
    assert step_of(report, "output_error_term").message == (
        f"This comes from the same line as hidden_error_term (line {HELPER}). Fix that line first."
    )


@pytest.mark.parametrize(
    ("above", "stops"),
    [
        ("steps = 0", "mean = 1 / steps"),
        ("n = 0", "share = [i % n for i in range(3)]"),
        ("is_ready = 0", "if not is_ready: raise ValueError('not ready')"),
        ("room = 0", "import math; root = math.log(room)"),
    ],
)
def test_what_any_number_gets_past_is_no_step_that_is_typed_in(above: str, stops: str) -> None:
    error = "error = target - output\n"
    source = RIGHT.replace("x = np.array", f"{above}\nx = np.array", 1).replace(error, f"{error}{stops}\n", 1)
    report = graded("backprop", source)
    assert report.fault is not None
    (wrong,) = (step for step in report.steps or () if step.verdict.is_wrong)
    assert wrong.line == report.fault.line
    assert "typed" not in (wrong.message or "")


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        ("same = delta_w_h_o\nsame *= 2\n", "same *= 2"),
        ("def show(numbers):\n    numbers *= 100\n    print(numbers)\nshow(delta_w_h_o)\n", "numbers *= 100"),
        ("total = delta_w_h_o\nfor _ in range(2):\n    total += delta_w_h_o\n", "total += delta_w_h_o"),
        ("same = delta_w_h_o\nsame[:] = 0\n", "same[:] = 0"),
    ],
)
def test_a_right_line_is_neither_blamed_nor_edited_for_what_is_done_to_its_value_later(behind: str, line: str) -> None:
    with skipping_without_kernel(), open_grader("backprop", cases=8, feedback=Feedback.REPAIR) as grader:
        report = grade_text(grader, RIGHT + behind)
    blamed = (RIGHT + behind).splitlines().index(f"{'    ' * (line not in behind.splitlines())}{line}") + 1
    assert step_of(report, "delta_w_h_o").line == blamed
    assert report.repair is None or report.repair.line == blamed


@pytest.mark.parametrize("change", [" *= 2", " -= 1", "[0] += 1"])
def test_what_is_changed_later_than_anybody_looked_is_said_to_be_right_where_it_is_set(change: str) -> None:
    """How far it is looked at depends on how many cases there are."""
    source = f"{RIGHT}same = delta_w_h_o\ntotal = 0\nfor _ in range(100000):\n    total += 1.0\nsame{change}\n"
    with skipping_without_kernel(), open_grader("backprop", cases=20, feedback=Feedback.REPAIR) as grader:
        report = grade_text(grader, source)
    step, last = step_of(report, "delta_w_h_o"), source.count("\n")
    is_right_here = step.message == "The value set here is right; it is changed further on, before the script ends."
    assert is_right_here or step.line == last
    assert report.repair is None or report.repair.line == last


RECORDS = (ROOT / "reference" / "backprop_records.py").read_text(encoding="utf-8")
NETWORK = (ROOT / "reference" / "neural_network.py").read_text(encoding="utf-8")
OF_RECORD, OF_HIDDEN = "+= output_error_term * hidden_output", "+= hidden_error_term * x[:, None]"
OF_TERM, OF_UNIT = "+= output_term * hidden", "+= hidden_term * x[:, None]"


@pytest.mark.parametrize(
    ("exercise", "source", "edits"),
    [
        ("backprop_records", RECORDS, [(OF_RECORD, f"{OF_RECORD} / 2"), (OF_HIDDEN, f"{OF_HIDDEN} / 3")]),
        ("backprop_records", RECORDS, [(OF_RECORD, f"{OF_RECORD} / len(features)"), (OF_HIDDEN, f"-{OF_HIDDEN[1:]}")]),
        ("neural_network", NETWORK, [(OF_TERM, f"{OF_TERM} * 2"), (OF_UNIT, f"{OF_UNIT} * 3")]),
        ("neural_network", NETWORK, [(OF_TERM, f"-{OF_TERM[1:]}"), (OF_UNIT, f"{OF_UNIT} / len(features)")]),
    ],
)
def test_an_edit_makes_right_what_it_is_shown_for_though_there_is_another_mistake(
    exercise: str, source: str, edits: list[tuple[str, str]]
) -> None:
    for old, new in edits:
        assert old in source
        source = source.replace(old, new, 1)
    with skipping_without_kernel(), open_grader(exercise, cases=20, feedback=Feedback.REPAIR) as grader:
        repair = grade_text(grader, source).repair
        if repair is not None:
            assert source.count(repair.before) == 1
            mended = grade_text(grader, source.replace(repair.before, repair.after))
            assert {each.verdict for each in mended.checks if each.result == repair.step} == {Verdict.CORRECT}
