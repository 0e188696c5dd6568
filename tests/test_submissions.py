"""Every file in tests/submissions gets the verdict and points of its row in expected.yaml."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from graders.grading import Grader
from graders.outcome import Verdict
from graders.reports.document import document
from graders.submission import read_submission
from tests.support.sandboxes import kernel_grader

SUBMISSIONS = Path(__file__).parent / "submissions"

FOLDERS = {path.parent.name: path.parent for path in sorted(SUBMISSIONS.glob("*/expected.yaml"))}
EXPECTED: dict[str, dict[str, dict[str, Any]]] = {
    exercise: yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    for exercise, folder in FOLDERS.items()
}
AT_LEAST = {"backprop": (60, 100), "gradient_descent": (12, 15), "multilayer": (12, 15), "one_hidden_unit": (12, 15)}
"""Right and wrong samples an exercise must have; the others (3, 8)."""
SHORT = 8
"""So many samples of the others are tried in every run of the tests."""
EVERY_RIGHT, EVERY_WRONG = 5, 8
"""Of an exercise's right and wrong samples every so many is tried in every run of the tests."""
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((Path(__file__).parent.parent / "docs" / "report.schema.json").read_text(encoding="utf-8"))
)
NOT_WRONG = (
    Verdict.CORRECT,
    Verdict.CORRECT_FROM_EARLIER_MISTAKE,
    Verdict.NOT_REACHED,
    Verdict.NOT_EVALUATED,
)
NOTES = {
    "reduced-precision": "about six digits",
    "by-value-nameless": "A value in line 8 was recognised",
    "changed-given": "You changed the value",
    "sizes": "The script is written for exactly 2 ",
    "misspelt": "delta_w_i_h has no value. Is Delta_w_i_h meant to be delta_w_i_h?",
    "not-found-hint": "for learnrate: give its value to a variable",
    "own-shape": "it should be (2,).",
    "given-changed": "a given value, is changed",
    "rounded": "is rounded to",
    "forward-own-name": "differs from the lesson's from z2 (line 13) on.",
}


def is_short(exercise: str, number: int, row: dict[str, Any]) -> bool:
    """Tell whether a sample is tried in every run of the tests; all are in the long one."""
    every = EVERY_RIGHT if row["points"] == 100 else EVERY_WRONG
    return number < SHORT or (exercise in AT_LEAST and number % every == 0)


@pytest.fixture(scope="module")
def grader_of() -> Iterator[Callable[[str], Grader]]:
    """Return the grader of an exercise; it is kept for the next sample, which is nearly always of the same one."""
    kept: dict[str, Grader] = {}
    with ExitStack() as stack:

        def opened(exercise: str) -> Grader:
            if exercise not in kept:
                kept.clear()
                stack.close()
                kept[exercise] = stack.enter_context(contextmanager(kernel_grader)(exercise))
            return kept[exercise]

        yield opened


@pytest.mark.parametrize("exercise", FOLDERS)
def test_every_file_has_a_row_and_every_row_a_file(exercise: str) -> None:
    folder = FOLDERS[exercise]
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"expected.yaml"}
    assert files == set(EXPECTED[exercise])


@pytest.mark.parametrize("exercise", FOLDERS)
def test_there_are_enough_of_both_kinds(exercise: str) -> None:
    rows = EXPECTED[exercise].values()
    right = [row for row in rows if row["points"] == 100]
    enough_right, enough_wrong = AT_LEAST.get(exercise, (3, 8))
    assert len(right) >= enough_right
    assert len(rows) - len(right) >= enough_wrong


@pytest.mark.parametrize(
    ("exercise", "name"),
    [
        pytest.param(exercise, name, marks=() if is_short(exercise, number, row) else pytest.mark.long)
        for exercise, rows in EXPECTED.items()
        for number, (name, row) in enumerate(sorted(rows.items()))
    ],
)
def test_a_submission_gets_its_verdict_and_points(exercise: str, name: str, grader_of: Callable[[str], Grader]) -> None:
    row = EXPECTED[exercise][name]
    report = grader_of(exercise).grade(read_submission(FOLDERS[exercise] / name))
    assert (report.verdict, report.score.points) == (row["verdict"], row["points"]), (report.fault, report.notes)
    SCHEMA.validate(document(report))
    flagged = [step.name for step in report.steps or () if step.verdict not in NOT_WRONG]
    if row["points"] == 100:
        assert not flagged
        assert report.counterexample is None
    if report.steps is not None and ("misconceptions" in row or "steps" in row):
        named = {step.misconception for step in report.steps if step.misconception is not None}
        assert named == set(row.get("misconceptions", ()))
    if report.steps is not None and "steps" in row:
        assert flagged == row["steps"]
        found = [] if report.counterexample is None else [report.counterexample.result]
        assert found == flagged[:1]
    if "note" in row:
        assert NOTES[row["note"]] in " ".join(report.notes)
    if "not" in row:
        assert NOTES[row["not"]] not in " ".join(report.notes)
