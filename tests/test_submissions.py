"""Every file in tests/submissions gets the verdict and points of its row in expected.yaml."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from graders.grading import Grader
from graders.outcome import Verdict
from graders.reports.document import document
from graders.submission import read_submission

FOLDER = Path(__file__).parent / "submissions" / "backprop"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))
SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "report.schema.json").read_text(encoding="utf-8"))
NOT_WRONG = (
    Verdict.CORRECT,
    Verdict.CORRECT_FROM_EARLIER_MISTAKE,
    Verdict.NOT_REACHED,
    Verdict.NOT_EVALUATED,
)
NOTES = {"reduced-precision": "single precision", "changed-given": "You changed the number"}


def test_every_file_has_a_row_and_every_row_a_file() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()} - {"expected.yaml"}
    assert files == set(EXPECTED)


def test_there_are_enough_of_both_kinds() -> None:
    right = [name for name, row in EXPECTED.items() if row["points"] == 100]
    assert len(right) >= 60
    assert len(EXPECTED) - len(right) >= 100


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_submission_gets_its_verdict_and_points(name: str, grader: Grader) -> None:
    row = EXPECTED[name]
    report = grader.grade(read_submission(FOLDER / name))
    assert (report.verdict, report.score.points) == (row["verdict"], row["points"]), (report.fault, report.notes)
    jsonschema.validate(document(report), SCHEMA)
    flagged = [step.name for step in report.steps or () if step.verdict not in NOT_WRONG]
    if row["points"] == 100:
        assert not flagged
        assert report.counterexample is None
    elif report.steps is not None and "steps" in row:
        assert flagged == row["steps"]
        named = {step.misconception for step in report.steps if step.misconception is not None}
        assert named == set(row.get("misconceptions", ()))
        assert report.counterexample is not None
        assert report.counterexample.result == flagged[0]
    if "note" in row:
        assert NOTES[row["note"]] in " ".join(report.notes)
