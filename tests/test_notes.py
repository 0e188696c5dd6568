"""Notes and faults: what stopped a script is explained in the student's words, on the student's line."""

import re
from pathlib import Path

import pytest

from graders.grading import Grader
from graders.messages import CATALOGUE
from graders.submission import decode_submission

RIGHT = (Path(__file__).parent.parent / "reference" / "backprop.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "type_", "explanation"),
    [
        ("* x[:, None]", "* x", "ValueError", "do not match element by element"),
        ("np.dot(x, weights_input_hidden)", "np.dot(weights_input_hidden, x)", "ValueError", "A product of matrices"),
        ("error = target - output", "error = None", "TypeError", "still None"),
        ("error = target - output", "print error", "SyntaxError", "print needs parentheses"),
        ("error = target - output", "error = （target - output）", "SyntaxError", "full-width"),
        ("error = target - output", "import torch; error = torch.tensor(0)", "ModuleNotFoundError", "no other library"),
        ("error = target - output", "error = target - outptu", "NameError", "Is it spelled"),
        ("error = target - output", "def f(): return f()\nerror = f()", "RecursionError", "keeps calling itself"),
        ("error = target - output", "while True: error = input()", "EOFError", "Nobody can answer input()"),
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
