"""Several exercises in one file or notebook: a part each, one report, one total."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graders.authoring.checking import problems_of
from graders.cli import main
from graders.errors import ExerciseError
from graders.exercise.loading import load_exercise, root
from graders.exercise.template import student_files
from graders.joint_grading import AnyGrader
from graders.outcome import Feedback, Report, Verdict
from graders.reports.disclosing import disclosed
from graders.reports.reading import read_report
from graders.reports.yaml import dump
from graders.session import Terms, load_any, open_any
from graders.submission import decode_submission
from tests.support.sandboxes import need_kernel_sandbox, skipping_without_kernel

PARTS = ("gradient_descent", "backprop", "softmax_cross_entropy")
SETTINGS = """\
title: {en: Lesson three, zh: 第三课}
parts:
  - {exercise: gradient_descent, points: 30}
  - backprop
  - {exercise: softmax_cross_entropy, points: 50}
"""
SOURCES = {name: (root() / "reference" / f"{name}.py").read_text(encoding="utf-8") for name in PARTS}
SIGMOID = SOURCES["backprop"].partition("\n\nx = ")[0].partition("def sigmoid")[2]


def script(**changed: str) -> str:
    return "\n".join(f"#{name}.py#\n{changed.get(name, SOURCES[name])}" for name in PARTS)


def write_exercise(folder: Path, settings: str = SETTINGS) -> str:
    own = folder / "exercises" / "lesson"
    own.mkdir(parents=True)
    (own / "exercise.yaml").write_text(settings, encoding="utf-8")
    (own / "README.md").write_text("## 中文\n\n三个练习。\n\n## English\n\nThree exercises.\n", encoding="utf-8")
    return str(own)


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnyGrader]:
    materials = load_any(write_exercise(tmp_path_factory.mktemp("course")), cases=5)
    with skipping_without_kernel(), open_any(materials, Terms()) as opened:
        yield opened


def graded(grader: AnyGrader, source: str, name: str = "lesson.py") -> Report:
    return grader.grade(decode_submission(name, source.encode()))


def parts(report: Report) -> list[tuple[float, float]]:
    return [(part.points, part.max) for part in report.parts]


def notebook(**changed: str) -> str:
    cells = [{"cell_type": "code", "source": f"#{name}.py#\n{changed.get(name, SOURCES[name])}"} for name in PARTS]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def test_each_part_has_its_points_and_there_is_one_total(grader: AnyGrader) -> None:
    report = graded(grader, script())
    assert (report.exercise, report.score.points, report.score.max) == ("lesson", 180, 180)
    assert (report.verdict, parts(report)) == (Verdict.CORRECT, [(30, 30), (100, 100), (50, 50)])
    assert [check.id for check in report.checks][:3] == [
        "fixed.gradient_descent.del_w",
        "bank.gradient_descent.del_w",
        "fixed.backprop.delta_w_h_o",
    ]


def test_a_notebook_has_a_cell_for_each(grader: AnyGrader) -> None:
    changed = SOURCES["backprop"].replace("target - output", "output - target")
    report = graded(grader, notebook(backprop=changed), "lesson.ipynb")
    assert parts(report) == [(30, 30), (0, 100), (50, 50)]
    assert [(step.name, step.cell) for step in report.steps or () if step.verdict.is_wrong] == [("backprop.error", 2)]


def test_a_mistake_costs_its_own_part_alone_and_is_named_at_the_line_of_the_file(grader: AnyGrader) -> None:
    source = script(backprop=SOURCES["backprop"].replace("target - output", "output - target"))
    report = graded(grader, source)
    assert parts(report) == [(30, 30), (0, 100), (50, 50)]
    (wrong,) = [step for step in report.steps or () if step.verdict.is_wrong]
    assert source.splitlines()[(wrong.line or 0) - 1] == "error = output - target"
    assert report.counterexample is not None
    assert report.counterexample.result == "backprop.error"


def test_a_section_that_is_no_python_or_never_runs_leaves_the_others_alone(grader: AnyGrader) -> None:
    report = graded(grader, script(gradient_descent="if True print(1)\n", backprop="raise ValueError('mine')\n"))
    assert parts(report) == [(0, 30), (0, 100), (50, 50)]


def test_a_section_may_use_what_one_above_defines(grader: AnyGrader) -> None:
    assert SIGMOID in SOURCES["backprop"]
    without = SOURCES["backprop"].replace(f"def sigmoid{SIGMOID}", "")
    assert parts(graded(grader, script(backprop=without))) == [(30, 30), (100, 100), (50, 50)]


def test_sections_need_no_markers(grader: AnyGrader) -> None:
    assert graded(grader, "\n".join(SOURCES.values())).score.percent == 100


def test_a_report_of_parts_is_read_as_it_was_written(grader: AnyGrader, tmp_path: Path) -> None:
    report = graded(grader, script(backprop="error = 1\n"))
    (tmp_path / "report.yaml").write_bytes(dump(report, None))  # type: ignore[arg-type]
    assert read_report(tmp_path / "report.yaml") == report


def test_a_note_about_a_part_is_told_at_the_level_of_the_note(grader: AnyGrader) -> None:
    tanh = SOURCES["backprop"].replace("hidden_layer_output = sigmoid(", "hidden_layer_output = np.tanh(")
    report = graded(grader, script(backprop=tanh))
    assert any(note.startswith("backprop: Your forward pass differs") for note in report.notes)
    assert not any("forward pass" in note for note in disclosed(report, Feedback.SCORE, "en").notes)


def test_the_template_is_that_of_all_parts_and_earns_nothing(grader: AnyGrader, tmp_path: Path) -> None:
    for file, text in student_files(load_exercise(write_exercise(tmp_path))).items():
        assert text.count("TODO") == sum(source.count("TODO") for source in SOURCES.values())
        assert graded(grader, text, file).score.points == 0


def test_what_is_wrong_with_the_files_of_parts_is_told(tmp_path: Path) -> None:
    name = write_exercise(tmp_path, "title: {en: a, zh: b}\nparts: [gradient_descent]\n")
    assert [problem.partition(":")[0] for problem in problems_of(name)] == ["lesson.py", "lesson.ipynb"]


def test_a_class_has_one_report_each_and_a_group_of_columns_for_each_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    need_kernel_sandbox()
    monkeypatch.chdir(tmp_path)
    exercise = write_exercise(tmp_path)
    for student, source in (("ann", script()), ("bob", script(gradient_descent="del_w = None\n"))):
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / "lesson.py").write_text(source, encoding="utf-8")
    load_any(exercise, cases=3)  # drawn now: while libraries are imported in a thread, Hypothesis would complain
    terms = ["-e", exercise, "--cases", "3", "--isolation", "kernel", "--lang", "en"]
    assert main(["in", *terms, "-o", "out", "--quiet", "--jobs", "1"]) == 0
    with Path("out/gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    assert [(row["points"], row["gradient_descent points"], row["backprop points"]) for row in rows] == [
        ("180", "30", "100"),
        ("150", "0", "100"),
    ]
    assert list(rows[0]).index("backprop points") + 1 == list(rows[0]).index("fixed.backprop.delta_w_h_o")
    assert main(["in/bob/lesson.py", *terms, "--verify", "out/bob.report.yaml", "--bank", "out/cases.json"]) == 0
    assert "150 of 180 points" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("[nowhere]", "parts: found 'nowhere', expected an exercise beside this one"),
        ("[lesson]", "parts: lesson is made of parts itself"),
        ("[backprop, backprop]", "parts: 'backprop' is there 2 times"),
        ("[../exercises/backprop]", "parts[0].exercise: found '../exercises/backprop'"),
        ("[{exercise: backprop, points: 0}]", "parts[0].points: found 0"),
        ("[{exercise: backprop, points: -.inf}]", "parts[0].points: found -inf"),
        ("[{exercise: backprop, weight: 3}]", "parts[0].weight: unknown key"),
        ("[]", "parts: found none"),
        ("backprop", "parts: Expected `array`"),
        ("[3]", "parts[0]: Expected `object`"),
    ],
)
def test_what_is_wrong_with_parts_is_one_line(tmp_path: Path, parts: str, said: str) -> None:
    name = write_exercise(tmp_path, f"title: {{en: a, zh: b}}\nparts: {parts}\n")
    with pytest.raises(ExerciseError) as caught:
        load_exercise(name)
    assert said in str(caught.value)
    assert problems_of(name) == [str(caught.value)]


def test_other_keys_beside_parts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="steps: unknown key"):
        load_exercise(write_exercise(tmp_path, f"{SETTINGS}steps: []\n"))


def test_a_part_of_other_numbers_is_another_exercise(tmp_path: Path) -> None:
    first = load_exercise(write_exercise(tmp_path / "a"))
    second = load_exercise(write_exercise(tmp_path / "b", SETTINGS.replace("points: 30", "points: 31")))
    assert first.sha256 != second.sha256
    assert replace(first, parts=()).max_points == 180


def test_a_page_is_about_one_exercise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = write_exercise(tmp_path)
    assert main(["--handout", name, str(tmp_path / "out"), "--with-page", "--lang", "en"]) == 2
    assert "made of several exercises" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
