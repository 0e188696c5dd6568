"""The Python API does what the command line does."""

from pathlib import Path

import pytest

import graders
from graders.errors import SandboxUnavailable

ROOT = Path(__file__).parent.parent


def test_grading_a_file_returns_its_report() -> None:
    try:
        report = graders.grade(ROOT / "reference" / "one_hidden_unit.py", exercise="one_hidden_unit", networks=10)
    except SandboxUnavailable as error:
        pytest.skip(f"no kernel sandbox here: {error}")
    assert (report.score.points, report.verdict) == (100, graders.Verdict.CORRECT)
    assert report.grading.networks == 10


def test_the_callers_mistakes_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(graders.UsageError):
        graders.grade(tmp_path / "nothing.py")
    with pytest.raises(graders.UsageError):
        graders.grade(ROOT / "reference" / "backprop.py", exercise="nothing")
