"""A class graded on other terms keeps its old grades and says what changed; what needs a look is listed."""

import csv
import os
from pathlib import Path

import pytest
import yaml

from graders.batch.graded import Graded, Reporter
from graders.cli import main
from graders.joint_grading import AnyGrader
from graders.submission import Submission
from tests.support.classes import contents
from tests.support.sandboxes import RIGHT, WRONG, need_kernel_sandbox

ROOT = Path(__file__).parent.parent
HARD_CODED = "delta_w_h_o = [0.00804047, 0.00555918]\n"
QUICK = ("--lang", "en", "--quiet", "--jobs", "1")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    need_kernel_sandbox()  # where each hand-in needs no Python of its own
    (tmp_path / "in").mkdir()
    for name, source in {"al": RIGHT, "bo": WRONG, "cy": HARD_CODED}.items():
        (tmp_path / "in" / f"{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def grade(*options: str) -> int:
    return main(["in", "-o", "out", *QUICK, *options])


def table(name: str) -> list[dict[str, str]]:
    with Path("out", name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_another_seed_is_refused_and_with_regrade_keeps_all_that_was_there(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grade("--cases", "3", "--seed", "1")
    before = contents(here / "out")
    assert grade("--cases", "3", "--seed", "2") == 2
    assert contents(here / "out") == before
    assert "--regrade, which keeps the old grades" in capsys.readouterr().err
    assert grade("--cases", "3", "--seed", "2", "--regrade") == 0
    (aside,) = (here / "out" / "earlier").iterdir()
    assert contents(aside) == before
    assert table("changes.csv") == []
    assert "Grades that changed: 0, listed in changes.csv" in capsys.readouterr().out


def test_what_changed_is_listed_with_both_grades_the_check_and_why(here: Path) -> None:
    grade("--cases", "3", "--seed", "1")
    (here / "in" / "bo.py").write_text(RIGHT, encoding="utf-8")
    (here / "in" / "cy.py").unlink()
    (here / "in" / "dee.py").write_text(RIGHT, encoding="utf-8")
    grade("--cases", "3", "--seed", "2", "--regrade")
    bo, dee, cy = table("changes.csv")
    assert (bo["student"], bo["before"], bo["after"], bo["why"]) == ("bo", "0", "100", "another file was handed in")
    assert "fixed.delta_w_h_o: wrong-value > correct" in bo["checks"]
    assert (dee["student"], dee["before"], dee["after"], dee["why"]) == ("dee", "", "100", "was not there before")
    assert (cy["student"], cy["after"], cy["why"]) == ("cy", "", "is not there any more")


def own_exercise(here: Path) -> Path:
    """Return a copy of the exercise in which something can be corrected."""
    exercise = here / "course" / "exercises" / "backprop"
    exercise.mkdir(parents=True)
    reference = here / "course" / "reference"
    reference.mkdir()
    for path in (ROOT / "exercises" / "backprop").iterdir():
        if path.is_file():
            (exercise / path.name).write_bytes(path.read_bytes())
    (reference / "backprop.py").write_text(RIGHT, encoding="utf-8")
    return exercise


def test_a_corrected_exercise_is_why_a_grade_changed(here: Path) -> None:
    exercise = own_exercise(here)
    text = (exercise / "exercise.yaml").read_text(encoding="utf-8")
    assert "bank: 40" in text
    (exercise / "exercise.yaml").write_text(text.replace("bank: 40", "bank: 30", 1), encoding="utf-8")
    assert grade("--cases", "3", "-e", str(exercise)) == 0
    (exercise / "exercise.yaml").write_text(text, encoding="utf-8")
    assert grade("--cases", "3", "-e", str(exercise)) == 2
    assert grade("--cases", "3", "-e", str(exercise), "--regrade") == 0
    (al,) = [row for row in table("changes.csv") if row["student"] == "al"]
    assert (al["before"], al["after"], al["why"]) == ("90", "100", "the earlier run used another exercise")


@pytest.mark.parametrize(
    ("file", "before", "after", "run_again"),
    [
        ("misconceptions.yaml", "en: ", "en: Look again. ", {"bo"}),
        pytest.param("exercise.yaml", "count: 100", "count: 101", {"al", "bo", "cy"}, marks=pytest.mark.long),
    ],
)
def test_what_a_correction_cannot_change_is_not_run_again_and_has_the_same_bytes_as_if_it_were(
    here: Path, monkeypatch: pytest.MonkeyPatch, file: str, before: str, after: str, run_again: set[str]
) -> None:
    exercise = own_exercise(here)
    (here / "in" / "cy.py").write_bytes(b"\x89PNG")
    corrected = exercise / file
    text = corrected.read_text(encoding="utf-8")
    assert before in text
    options = ("--cases", "3", "-e", str(exercise), "--format", "html", "--feedback", "score")
    grade(*options)
    corrected.write_text(text.replace(before, after, 1), encoding="utf-8")
    run: set[str] = set()
    graded = Reporter.graded

    def watched(reporter: Reporter, grader: AnyGrader, submission: Submission) -> Graded:
        run.add(submission.file.removesuffix(".py"))
        return graded(reporter, grader, submission)

    monkeypatch.setattr(Reporter, "graded", watched)
    assert grade(*options, "--regrade") == 0
    assert run == run_again
    regraded = {name: data for name, data in contents(here / "out").items() if not name.startswith("earlier/")}
    assert main(["in", "-o", "anew", *QUICK, *options]) == 0
    # Only a run that has set something aside can say what changed.
    assert {name: data for name, data in regraded.items() if name != "changes.csv"} == contents(here / "anew")


@pytest.mark.long
def test_a_row_set_aside_whose_report_is_another_one_is_graded_again(here: Path) -> None:
    exercise = own_exercise(here)
    options = ("--cases", "3", "-e", str(exercise))
    grade(*options)
    report = here / "out" / "al.py.report.yaml"
    report.write_bytes((here / "out" / "bo.py.report.yaml").read_bytes())
    (exercise / "misconceptions.yaml").write_text("", encoding="utf-8")
    grade(*options, "--regrade")
    assert yaml.safe_load(report.read_text(encoding="utf-8"))["verdict"] == "correct"


@pytest.mark.long
def test_a_regrading_that_is_asked_for_again_goes_on_and_keeps_the_same_files(here: Path) -> None:
    grade("--cases", "3", "--seed", "1")
    grade("--cases", "3", "--seed", "2", "--regrade")
    done = contents(here / "out")
    journal = (here / "out" / "journal.jsonl").read_bytes()
    (here / "out" / "journal.jsonl").write_bytes(b"".join(journal.splitlines(keepends=True)[:2]))  # as after a kill
    (here / "out" / "cy.py.report.yaml").unlink()
    assert grade("--cases", "3", "--seed", "2", "--regrade") == 0
    assert contents(here / "out") == done


def test_what_needs_a_look_is_listed_and_what_does_not_is_not(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slope = RIGHT.replace("output_error_term = error * output * (1 - output)", "output_error_term = error * output")
    (here / "in" / "eve.py").write_text(slope, encoding="utf-8")
    (here / "in" / "fay.py").write_bytes(b"\x89PNG\r\n\x1a\n")
    grade("--cases", "3")
    found = {row["student"]: row["why"] for row in table("to_check.csv")}
    assert set(found) == {"bo", "eve", "fay"}
    assert found["bo"].startswith("One step away from right.")
    assert found["eve"].endswith((".", "?"))  # what the tables call a mistake need not be a sentence, a reason is one
    assert found["fay"].startswith("Cannot be read.")
    assert "For a person to look at: 3, listed with the reasons in to_check.csv" in capsys.readouterr().out


def test_several_answers_of_a_student_need_a_look(here: Path) -> None:
    for name in ("al", "bo", "cy"):
        (here / "in" / f"{name}.py").rename(here / "in" / "x")
        (here / "in" / name).mkdir()
        (here / "in" / "x").rename(here / "in" / name / "backprop.py")
    (here / "in" / "al" / "backprop_v2.py").write_text(RIGHT + "# again\nprint(1)\n", encoding="utf-8")
    grade("--cases", "3")
    assert "al" in {row["student"] for row in table("to_check.csv") if "Several files" in row["why"]}


def test_a_link_among_earlier_results_is_moved_and_not_followed(here: Path) -> None:
    grade("--cases", "3", "--seed", "1")
    (here / "kept").write_text("mine", encoding="utf-8")
    (here / "out" / "index.html").unlink()
    os.symlink(here / "kept", here / "out" / "index.html")
    assert grade("--cases", "3", "--seed", "2", "--regrade") == 0
    assert (here / "kept").read_text(encoding="utf-8") == "mine"
    assert not (here / "out" / "index.html").is_symlink()


def test_attempts_that_do_not_count_are_not_called_gone(here: Path) -> None:
    (here / "in").rename(here / "other")
    (here / "in").mkdir()
    for number, source in ((1, WRONG), (2, RIGHT)):
        name = f"hw_jdoe_attempt_2026-09-0{number}-10-00-00_backprop.py"
        (here / "in" / name).write_text(source, encoding="utf-8")
    grade("--cases", "3", "--seed", "1", "--attempt", "best", "--intake", "blackboard")
    grade("--cases", "3", "--seed", "2", "--attempt", "best", "--intake", "blackboard", "--regrade")
    assert table("changes.csv") == []


def test_what_students_are_not_told_stands_in_the_instructors_tables(here: Path) -> None:
    assert grade("--cases", "3", "--feedback", "score") == 0
    reports = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(here.glob("out/*.report.yaml"))]
    assert {(report.get("steps"), report.get("counterexample")) for report in reports} == {(None, None)}
    assert "error" in [row["first_wrong_step"] for row in table("gradebook.csv")]


def late_class(here: Path) -> None:
    for number, name in enumerate(("al", "bo"), 1):
        (here / "in" / f"{name}.py").rename(here / "in" / f"{name}_LATE_{number}_7_backprop.py")
    (here / "in" / "cy.py").unlink()
    (here / "roster.csv").write_text("id,name\n1,Al\n2,Bo\n4,Dee\n", encoding="utf-8")
    (here / "canvas.csv").write_text(
        "Student,ID,SIS Login ID,Section,Backprop (9)\n    Points Possible,,,,100\nAl,1,al,S,\nBo,2,bo,S,\n",
        encoding="utf-8",
    )


def test_another_rule_for_lateness_or_none_replaces_no_final_grade_unasked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late_class(here)
    given = ("--cases", "3", "--roster", "roster.csv", "--gradebook", "canvas.csv")
    assert grade(*given, "--late", "10 %/day") == 0
    before = contents(here / "out")
    assert grade(*given, "--late", "50 %/day") == 2
    assert "final grades that change: 1 (Al: 90 → 50); use --regrade" in capsys.readouterr().err.replace("\n", " ")
    assert grade("--cases", "3", "--roster", "roster.csv") == 2
    assert "graded with --late, which this run leaves out" in capsys.readouterr().err
    assert grade("--cases", "3", "--late", "10 %/day") == 2
    assert "graded with --roster, which this run leaves out" in capsys.readouterr().err
    assert contents(here / "out") == before
    assert grade(*given, "--late", "10 %/day") == 0
    assert contents(here / "out") == before  # the same again is no other one


def test_a_final_grade_that_changed_is_counted_and_the_filled_sheet_is_kept(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    late_class(here)
    given = ("--cases", "3", "--roster", "roster.csv", "--gradebook", "canvas.csv")
    (here / "marks.csv").write_text("student,adjusted,why\n4,30,oral\n", encoding="utf-8")
    grade(*given, "--late", "10 %/day", "--adjusted", "marks.csv")
    before = contents(here / "out")
    assert b",90" in before["canvas.csv"]
    (here / "marks.csv").write_text("student,adjusted,why\n4,40,oral\n", encoding="utf-8")
    monkeypatch.setattr(Reporter, "graded", None)  # what was graded on these terms is not run again
    assert grade(*given, "--late", "50 %/day", "--adjusted", "marks.csv", "--regrade") == 0
    al, dee = table("changes.csv")
    assert (al["name"], al["before"], al["after"]) == ("Al", "90", "50")  # as the roster calls them
    assert (dee["name"], dee["before"], dee["after"]) == ("Dee", "30", "40")
    assert (al["why"], dee["why"]) == ("another deadline, or another rule for lateness", "a mark by hand: oral")
    assert "Grades that changed: 2" in capsys.readouterr().out
    (aside,) = (here / "out" / "earlier").iterdir()
    assert contents(aside) == before
    reports = {name: data for name, data in before.items() if ".report." in name}
    assert {name: data for name, data in contents(here / "out").items() if name in reports} == reports
    (here / "marks.csv").write_text("student,adjusted,why\n1,70,talked\n", encoding="utf-8")
    assert grade(*given, "--late", "50 %/day", "--adjusted", "marks.csv", "--regrade") == 0
    assert [row["why"] for row in table("changes.csv")] == [
        "a mark by hand: talked",
        "there is no mark by hand any more",
    ]


def test_a_mark_where_there_was_no_grade_replaces_nothing(here: Path) -> None:
    (here / "in" / "bo.py").write_bytes(b"\x89PNG")
    assert grade("--cases", "3") == 0
    (here / "marks.csv").write_text("student,adjusted\nbo,55\n", encoding="utf-8")
    assert grade("--cases", "3", "--adjusted", "marks.csv") == 0
    assert [row["final"] for row in table("gradebook.csv")] == ["100", "55", "10"]
