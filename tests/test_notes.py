"""Notes and faults: what stopped a script is explained in the student's words, on the student's line."""

import re
import sys
from collections.abc import Iterator

import pytest

from graders.grading import Grader
from graders.messages import CATALOGUE
from graders.outcome import Feedback, Verdict
from graders.submission import decode_submission
from tests.support.opening import open_grader
from tests.support.sandboxes import RIGHT, skipping_without_kernel


@pytest.mark.parametrize(
    ("before", "after", "type_", "explanation"),
    [
        ("* x[:, None]", "* x", "ValueError", "do not match element by element"),
        ("np.dot(x, weights_input_hidden)", "np.dot(weights_input_hidden, x)", "ValueError", "A product of matrices"),
        ("error = target - output", "error = None", "TypeError", "is None"),
        ("error = target - output", "print error", "SyntaxError", "print needs parentheses"),
        ("error = target - output", "error = （target - output）", "SyntaxError", "full-width"),
        ("error = target - output", "import torch; error = torch.tensor(0)", "ModuleNotFoundError", "no other library"),
        # nobody knows how many values a library that is not there would give
        *(
            ("error = target - output", f"import jax; {line}", "ModuleNotFoundError", "no other library")
            for line in (
                "error, slope = [g for g in jax.grad(np.sin)(output)]",
                "error, slope = tuple(jax.grad(np.sin)(output))",
                "error, slope = (float(g) for g in jax.grads())",
                "error = [*jax.grad(np.sin)(output)][1]",
            )
        ),
        ("error = target - output", "import jax; error, slope = [target - output]", "ValueError", ""),
        ("error = target - output", "error = target - outptu", "NameError", "spelled the same"),
        pytest.param(
            "error = target - output",
            'print(f"{", ".join("ab")}")',
            "SyntaxError",
            "the other kind of quotes",
            marks=pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it"),
        ),
        ("error = target - output", "def f(): return f()\nerror = f()", "RecursionError", "deeper than it may"),
        ("error = target - output", "while True: error = input()", "EOFError", "Nobody can answer input()"),
        ("error = target - output", "error = float(input('y? ')) - output", "ValueError", "Nobody can answer input()"),
        ("error = target - output", "error = eval(input())", "SyntaxError", "Nobody can answer input()"),
    ],
)
def test_an_exception_is_explained_on_the_students_line(
    grader: Grader, before: str, after: str, type_: str, explanation: str
) -> None:
    source = RIGHT.replace(before, after)
    report = grader.grade(decode_submission("a.py", source.encode()))
    assert report.fault is not None
    assert report.fault.type == type_
    assert report.fault.line is not None
    assert abs(report.fault.line - (source[: source.index(after)].count("\n") + 1)) <= 12
    assert any(explanation in note for note in report.notes), report.notes


def test_a_given_without_a_name_is_told_by_its_line(grader: Grader) -> None:
    source = RIGHT.replace("learnrate = 0.5", "def rate(): return 0.5").replace("learnrate *", "rate() *")
    report = grader.grade(decode_submission("a.py", source.encode()))
    line = source[: source.index("def rate")].count("\n") + 1
    assert report.score.points == 100
    assert f"A value in line {line} was recognised as the given learnrate." in report.notes


@pytest.fixture(scope="module")
def brief() -> Iterator[Grader]:
    """A grader that looks for no steps, and says the same of the script."""
    with skipping_without_kernel(), open_grader("backprop", cases=8, feedback=Feedback.SCORE) as opened:
        yield opened


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("weights_hidden_output *= 2", "weights_hidden_output"),
        ("x[0] = 0", "x"),
        ("x.sort()", "x"),
        ("for x in (x, x * 2): pass", "x"),
        ("target, other = 1 - target, 0", "target"),
        ("x = np.append(x, 1.0)\nweights_input_hidden = np.vstack([weights_input_hidden, [1, 1]])", "x"),
    ],
)
def test_a_given_that_is_changed_again_is_named_with_the_line(brief: Grader, line: str, name: str) -> None:
    source = RIGHT.replace("## Forward pass", f"## Forward pass\n{line}")
    report = brief.grade(decode_submission("a.py", source.encode()))
    place = source[: source.index("## Forward pass")].count("\n") + 2
    sorts = line == "x.sort()"  # the same numbers: nobody looks at their order
    told = [note for note in report.notes if note.startswith(f"{name}, a given value, is changed in line {place}:")]
    assert report.score.points < 100
    assert len(told) == (not sorts), report.notes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- output\n", "+ output\nx = x + 0\n"),  # it has its value still
        ("- output\n", "+ output\ndef f():\n    x = 1\n    return [x for x in 'ab']\n"),  # another name
        ("* x[:, None]", "* x[:, None] * 2\nweights_hidden_output += delta_w_h_o"),  # after the results
        ("- output\n", "+ output\nx = np.array(x)\nx = np.asarray(x) * 2\n"),  # in which of the two?
        ("x = np.array(", "given = dict(x=[0.5, 0.1, -0.2])\nx = 1 + np.array("),  # a wrong number, not a change
    ],
)
def test_a_given_that_is_not_changed_before_the_results_is_not_named(brief: Grader, before: str, after: str) -> None:
    report = brief.grade(decode_submission("a.py", RIGHT.replace(before, after).encode()))
    assert report.score.points < 100
    assert not any("a given value" in note for note in report.notes)


@pytest.mark.parametrize(
    ("call", "is_told"),
    [
        ("", True),
        ("if False:\n    update()", False),
        ("steps = [update]", False),
        ("class A:\n    def update(self): 0", True),
    ],
)
def test_a_function_that_nothing_calls_is_named(brief: Grader, call: str, is_told: bool) -> None:
    start = RIGHT.index("## Forward pass")
    body = RIGHT[start : RIGHT.index("print(")].replace("\n", "\n    ")
    source = f"{RIGHT[:start]}def update():\n    {body}\n{call}\n"
    report = brief.grade(decode_submission("a.py", source.encode()))
    line = source[: source.index("def update")].count("\n") + 1
    note = f"The function update (line {line}) sets delta_w_h_o, delta_w_i_h"
    assert any(each.startswith(note) for each in report.notes) == is_told, report.notes


@pytest.mark.parametrize(
    ("head", "call", "is_told"),
    [
        ("class Net:", "Net()", True),
        ("class Net:", "getattr(Net(), 'update')()", False),
        ("class Net(Base):", "Net()", False),
        ("class Net:\n    @property", "Net()", False),
    ],
)
def test_so_is_a_method_unless_something_else_may_call_it(brief: Grader, head: str, call: str, is_told: bool) -> None:
    start = RIGHT.index("## Forward pass")
    body = RIGHT[start : RIGHT.index("print(")].replace("\n", "\n        ")
    source = f"{RIGHT[:start]}class Base: 0\n{head}\n    def update(self):\n        {body}\n{call}\n"
    report = brief.grade(decode_submission("a.py", source.encode()))
    assert any(note.startswith("The function update (line ") for note in report.notes) == is_told, report.notes


@pytest.mark.parametrize(
    ("new", "shown"),
    [
        ("error = (target, x)\nprint(error.shape)", "tuple"),
        ("error = 'target - output'\nerror * output", "str"),
        ("error = target - outptu", "NameError"),
    ],
)
def test_a_value_that_is_no_number_is_shown_by_its_type_wherever_the_script_stops(
    grader: Grader, new: str, shown: str
) -> None:
    report = grader.grade(decode_submission("a.py", RIGHT.replace("error = target - output", new).encode()))
    assert report.counterexample is not None
    assert (report.counterexample.result, report.counterexample.actual) == ("error", shown)


def test_nothing_is_said_to_differ_for_want_of_a_library(grader: Grader) -> None:
    source = RIGHT.replace("import numpy as np", "import numpy as np\nfrom scipy.special import expit")
    source = source.replace("hidden_layer_output = sigmoid(", "hidden_layer_output = expit(")
    report = grader.grade(decode_submission("a.py", source.encode()))
    assert report.steps
    assert not [each for each in (*report.notes, *(step.message or "" for step in report.steps)) if "differs" in each]


@pytest.mark.parametrize("end", ["del delta_w_h_o", "del (delta_w_h_o, error)", "if True:\n    del delta_w_h_o"])
def test_a_result_that_is_deleted_is_not_said_to_be_inside_a_function(brief: Grader, end: str) -> None:
    report = brief.grade(decode_submission("a.py", f"{RIGHT}\n{end}\n".encode()))
    assert report.score.points == 100
    assert report.notes == []


def test_what_a_step_says_is_not_said_again_in_a_note(grader: Grader, brief: Grader) -> None:
    submission = decode_submission("a.py", f"{RIGHT}\ndelta_w_h_o = None\n".encode())
    still = "delta_w_h_o is still None: its TODO is not done yet, a function returns nothing, or its line was not run."
    report = grader.grade(submission)
    assert [step.verdict for step in report.steps or () if step.name == "delta_w_h_o"] == [Verdict.MISSING]
    assert still not in report.notes
    assert brief.grade(submission).notes == [still]


def test_a_name_that_is_defined_further_down_is_told_with_its_place(grader: Grader) -> None:
    head, definition, rest = RIGHT.partition("def sigmoid(x):")
    body, rest = rest[: rest.index("\n\nx =")], rest[rest.index("\n\nx =") :]
    report = grader.grade(decode_submission("a.py", f"{head}{rest}\n{definition}{body}\n".encode()))
    assert report.fault is not None
    assert report.fault.type == "NameError"
    line = f"{head}{rest}\n".count("\n") + 1
    assert any(note.startswith(f"sigmoid is defined further down (line {line})") for note in report.notes)
    assert not any("Is it spelled" in note for note in report.notes)


def test_every_message_is_there_in_both_languages_with_the_same_values() -> None:
    import string

    for key, (english, chinese) in CATALOGUE.items():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name not in (None, "case", "cases")}
            for text in (english, chinese)
        ]
        assert fields[0] == fields[1], key
        is_form = re.fullmatch(r"([^a-zA-Z]*\{\w+\})+[^a-zA-Z]*", chinese) is not None  # of what is said elsewhere
        assert is_form or any("\u4e00" <= character <= "\u9fff" for character in chinese), key
