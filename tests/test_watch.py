"""`--watch` grades again after each save, on a sandbox that stays, until Ctrl-C."""

import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.watch import save, wait_for_table, watching
from graders.cli import main
from graders.command import terminal
from graders.outcome import Report
from graders.submission import read_submission
from tests.support.opening import open_grader

SAMPLES = Path(__file__).parent / "submissions" / "backprop"
RIGHT = (SAMPLES / "correct" / "outer.py").read_bytes()
WRONG = (SAMPLES / "wrong" / "hidden_term_no_slope.py").read_bytes()


@pytest.fixture(scope="module", autouse=True)
def bank() -> None:
    """Draw the cases once, before a clock runs."""
    with open_grader("backprop", isolation="process"):
        pass


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    path = tmp_path / "backprop.py"
    save(path, WRONG)
    return path


def test_every_save_is_graded_however_it_is_made(watched: Path) -> None:
    with watching(watched) as process:
        assert b"20 / 100" not in wait_for_table(process)
        save(watched, RIGHT)
        assert b"100 / 100" in wait_for_table(process)
        watched.write_bytes(WRONG)
        shown = wait_for_table(process)
        while b"wrong value" not in shown:  # the empty file may have been seen in between
            shown = wait_for_table(process)
        assert b"delta" in shown
    assert process.returncode == 1


def test_the_checks_are_told_before_the_mistake_is_looked_for(watched: Path) -> None:
    told: list[Report] = []
    with open_grader("backprop", isolation="process") as grader:
        report = grader.grade(read_submission(watched), told.append)
        save(watched, RIGHT)
        grader.grade(read_submission(watched), told.append)  # nothing comes after the checks of a right one
    (first,) = told
    assert (first.verdict, first.checks, first.score) == (report.verdict, report.checks, report.score)
    assert report.steps
    assert not first.steps


def test_the_table_is_drawn_once_although_the_diagnosis_comes_later(watched: Path) -> None:
    with watching(watched) as process:
        shown = wait_for_table(process).decode()
    assert shown.count("┏") == shown.count("└") == 1
    assert shown.index("└") < shown.index("hidden_error_term (")


def test_a_broken_save_is_no_error_and_the_next_one_is_graded(watched: Path) -> None:
    with watching(watched) as process:
        wait_for_table(process)
        for broken in (b"def f(:\n", b"\0\0", b"", b"\xff\xfe\x00"):
            save(watched, broken)
            assert b"0 / 100" in wait_for_table(process)
        watched.unlink()
        assert process.stdout is not None
        assert b"backprop.py is gone; waiting" in process.stdout.read(200)[1:]
        save(watched, RIGHT)
        assert b"100 / 100" in wait_for_table(process)
    assert process.returncode == 0


@pytest.mark.parametrize("height", [5, 24, 100])
def test_the_table_and_the_first_thing_said_stay_on_the_screen(
    watched: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], height: int
) -> None:
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": "80", "LINES": str(height)}.items():
        monkeypatch.setenv(name, value)
    save(watched, RIGHT)
    with open_grader("backprop", isolation="process") as grader:
        report = grader.grade(read_submission(watched))
    report = replace(report, notes=["what is wrong first", *["more of it " * 20] * 6])
    terminal.show_table(report, "en")
    terminal.show_feedback(report, "en", notice=True, rest_in=Path("x.report.yaml"))
    shown = capsys.readouterr().out
    assert "what is wrong first" in shown
    assert ("The rest is in x.report.yaml." in shown) == (height < 100)
    # One line is still to come, and the cursor stands below it.
    assert height == 5 or shown.count("\n") + 2 <= height


def test_where_grading_takes_long_it_is_said_that_the_table_is_of_the_save_before(watched: Path) -> None:
    with watching(watched) as process:
        wait_for_table(process)
        save(watched, b"while True:\n    pass\n")
        assert process.stdout is not None
        assert b"backprop.py is being graded" in process.stdout.read(200)
    assert process.returncode == 1  # of the last table; Ctrl-C ends a grading in the middle


def test_a_notebook_that_jupyter_puts_in_place_of_the_old_one_is_graded(tmp_path: Path) -> None:
    path = tmp_path / "backprop.ipynb"

    def notebook(source: bytes) -> bytes:
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source.decode()}
        return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()

    save(path, notebook(WRONG))
    with watching(path) as process:
        wait_for_table(process)
        save(path, notebook(RIGHT))
        assert b"100 / 100" in wait_for_table(process)


def test_one_server_grades_all_saves(watched: Path) -> None:
    def servers() -> set[str]:
        return set(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())

    with watching(watched) as process:
        wait_for_table(process)
        before = servers()
        save(watched, RIGHT)
        wait_for_table(process)
        assert servers() == before
    assert len(before) <= 1


def test_a_report_is_written_after_each_save(watched: Path) -> None:
    report = watched.with_name("backprop.report.json")
    with watching(watched, "--format", "json") as process:
        wait_for_table(process)
        first = json.loads(report.read_bytes())
        save(watched, RIGHT)
        wait_for_table(process)
        assert (first["verdict"], json.loads(report.read_bytes())["verdict"]) == ("wrong-value", "correct")


def test_ctrl_c_ends_it_at_once_with_nothing_to_read(watched: Path) -> None:
    with watching(watched) as process:
        wait_for_table(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["{folder}"], "--watch: works with one file only; name a .py or .ipynb file"),
        (["{file}", "{file}"], "--watch: works with one file only; name a .py or .ipynb file"),
        (["{file}", "-o", "-"], "--watch: shows a table after each save; with -o - there is none"),
    ],
)
def test_what_cannot_be_watched_is_said_in_one_line(
    watched: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    named = [word.format(folder=watched.parent, file=watched) for word in arguments]
    assert main(["--watch", *named]) == 2
    error = capsys.readouterr().err
    assert problem in error
    assert error.count("\n") == 1
