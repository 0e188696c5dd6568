"""Exercises that are functions, classes, loops and training scripts: hand-written ones for some of tests/shapes."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from graders.outcome import Report, Verdict
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission, read_submission
from tests.support.sandboxes import skipping_without_kernel

HERE = Path(__file__).parent
EXERCISES = sorted(path.stem for path in (HERE / "used").glob("*.yaml"))
HEAD = """\
title: {en: A function, zh: 函数}
marker: "#mine.py#"
solution_marker: "#solution.py#"
limits: {wall_s: 5, cpu_s: 5, memory_mib: 512, output_kib: 64}
"""


def grade(folder: Path, settings: str, reference: str, *submissions: str) -> list[Report]:
    """Grade submissions of an exercise made of these texts."""
    exercise = folder / "exercises" / "mine"
    exercise.mkdir(parents=True)
    (folder / "reference").mkdir()
    (exercise / "exercise.yaml").write_text(HEAD + settings, encoding="utf-8")
    (folder / "reference" / "mine.py").write_text(reference, encoding="utf-8")
    with skipping_without_kernel(), open_sandboxed(load_materials(str(exercise)), Terms()) as (grader, _):
        return [grader.grade(decode_submission("mine.py", text.encode())) for text in submissions]


def wrong_results(report: Report) -> set[str]:
    return {check.result for check in report.checks if check.verdict is not Verdict.CORRECT}


@pytest.mark.parametrize("name", EXERCISES)
def test_right_files_have_full_marks_and_wrong_ones_do_not(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "exercises" / name
    folder.mkdir(parents=True)
    (tmp_path / "reference").mkdir()
    shutil.copy(HERE / "used" / f"{name}.yaml", folder / "exercise.yaml")
    shutil.copy(HERE / "shapes" / name / "solution.py", tmp_path / "reference" / f"{name}.py")
    labels: dict[str, Any] = yaml.safe_load((HERE / "shapes" / name / "labels.yaml").read_text(encoding="utf-8"))
    with skipping_without_kernel(), open_sandboxed(load_materials(str(folder)), Terms()) as (grader, _):
        for file, label in labels["files"].items():
            report = grader.grade(read_submission(HERE / "shapes" / name / file))
            assert (report.score.percent == 100) == (label["kind"] != "wrong"), (file, report.checks)
            assert Verdict.NOT_GRADED is not report.verdict
