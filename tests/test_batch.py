"""A class: one row each whatever happens, nothing lost when a run is killed, nothing graded twice."""

import csv
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from graders.batch.class_run import ClassResult, Output, Workforce, find_submissions
from graders.batch.rows import Row
from graders.batch.sheets import Sheets
from graders.errors import UsageError
from graders.grading import Grader
from graders.outcome import Feedback, Report
from graders.reports import yaml as yaml_report
from graders.reports.context import Context
from graders.session import Materials, Terms, load_materials, open_sandboxed
from graders.submission import Submission, decode_submission
from tests.support.classes import Unseen, contents, grade_class
from tests.support.commands import grade_command
from tests.support.sandboxes import RIGHT, need_kernel_sandbox

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "submissions" / "backprop"


@pytest.fixture(scope="module")
def materials() -> Materials:
    need_kernel_sandbox()
    return load_materials("backprop", cases=10)


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    folder = tmp_path / "submissions"
    folder.mkdir()
    for number in range(20):
        (folder / f"right{number:02}.py").write_text(f"{RIGHT}# {number}\n", encoding="utf-8")
    for name in ("error_sign_plain.py", "crashed_os_exit.py"):
        if (SAMPLES / "wrong" / name).exists():
            shutil.copy(SAMPLES / "wrong" / name, folder)
    (folder / "picture.py").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "empty.py").write_bytes(b"")
    (folder / "same_code.py").write_text(f"{RIGHT}# 3\n", encoding="utf-8")
    (folder / "=cmd|' ruf'!A0.py").write_text(RIGHT, encoding="utf-8")
    return folder


def grade(
    submissions: Path,
    out: Path,
    materials: Materials,
    *,
    terms: Terms | None = None,
    formats: Sequence[str] = ("yaml",),
    resume: bool = True,
) -> ClassResult:
    output = Output(folder=out, formats=formats, resume=resume)
    return grade_class(
        find_submissions([submissions], materials), materials, terms or Terms(), output, Workforce(jobs=1)
    )


def gradebook(out: Path) -> list[dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_input_has_a_row_and_a_report(submissions: Path, tmp_path: Path, materials: Materials) -> None:
    result = grade(submissions, tmp_path / "out", materials)
    files = sorted(path.name for path in submissions.iterdir())
    rows = gradebook(tmp_path / "out")
    assert result.submissions == len(rows) == len(files)
    assert result.not_graded == 0
    assert {row["file"].lstrip("'") for row in rows} == set(files)
    verdicts = {row["file"]: row["verdict"] for row in rows}
    assert verdicts["picture.py"] == verdicts["empty.py"] == "unreadable"
    assert verdicts["same_code.py"] == verdicts["right03.py"] == "correct"
    for row in rows:
        assert not row["file"].startswith(("=", "+", "-", "@"))
        report = yaml.safe_load((tmp_path / "out" / row["report"].lstrip("'")).read_bytes())
        assert report["verdict"] == row["verdict"]
    summary = yaml.safe_load((tmp_path / "out" / "summary.yaml").read_bytes())
    assert summary["submissions"] == len(files)
    assert summary["verdicts"]["correct"] == 22


def test_a_second_run_with_nothing_new_grades_nothing(submissions: Path, tmp_path: Path, materials: Materials) -> None:
    first = grade(submissions, tmp_path / "out", materials)
    before = contents(tmp_path / "out")
    again = grade(submissions, tmp_path / "out", materials)
    assert (first.taken_over, again.taken_over) == (0, first.submissions)
    assert contents(tmp_path / "out") == before


def test_only_what_changed_is_graded_again(submissions: Path, tmp_path: Path, materials: Materials) -> None:
    first = grade(submissions, tmp_path / "out", materials)
    (submissions / "right00.py").write_text(RIGHT.replace("target - output", "output - target"), encoding="utf-8")
    (submissions / "new.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "out" / "right01.py.report.yaml").unlink()
    again = grade(submissions, tmp_path / "out", materials)
    assert again.taken_over == first.submissions - 2
    verdicts = {row["file"]: row["verdict"] for row in gradebook(tmp_path / "out")}
    assert (verdicts["right00.py"], verdicts["new.py"], verdicts["right01.py"]) == ("wrong-value", "correct", "correct")


def test_what_was_graded_otherwise_is_replaced_only_if_asked_for(
    submissions: Path, tmp_path: Path, materials: Materials
) -> None:
    out = tmp_path / "out"
    grade(submissions, out, materials)
    before = contents(out)
    reseeded = load_materials("backprop", cases=10, seed=9)
    with pytest.raises(UsageError, match=r"out: was graded with other random numbers; name another folder with -o"):
        grade(submissions, out, reseeded)
    with pytest.raises(UsageError, match="was graded with another level of feedback, another language"):
        grade(submissions, out, materials, terms=Terms(lang="zh", feedback=Feedback.SCORE))
    with pytest.raises(UsageError, match="another isolation"):
        grade(submissions, out, materials, terms=Terms(isolation="process"))
    assert contents(out) == before
    assert grade(submissions, out, reseeded, resume=False).taken_over == 0
    assert contents(out)["cases.json"] != before["cases.json"]


def test_naming_the_isolation_that_is_used_anyway_changes_nothing(
    submissions: Path, tmp_path: Path, materials: Materials
) -> None:
    first = grade(submissions, tmp_path / "out", materials, terms=Terms(isolation=None))
    again = grade(submissions, tmp_path / "out", materials, terms=Terms(isolation="kernel"))
    assert again.taken_over == first.submissions


@pytest.mark.parametrize(
    "damage", [b"", b"{", *(pytest.param(text, marks=pytest.mark.long) for text in (b"not json\n", b"\xff\xfe\n"))]
)
def test_a_damaged_journal_loses_nothing(
    submissions: Path, tmp_path: Path, materials: Materials, damage: bytes
) -> None:
    grade(submissions, tmp_path / "out", materials)
    before = contents(tmp_path / "out")
    journal = tmp_path / "out" / "journal.jsonl"
    journal.write_bytes(damage)
    grade(submissions, tmp_path / "out", materials)
    assert contents(tmp_path / "out") == before
    journal.write_bytes(journal.read_bytes()[:-40] + damage)
    grade(submissions, tmp_path / "out", materials)
    assert contents(tmp_path / "out") == before


def test_a_run_killed_anywhere_goes_on_and_ends_with_the_same_files(submissions: Path, tmp_path: Path) -> None:
    for number in range(80):
        (submissions / f"more{number:03}.py").write_text(f"{RIGHT}# more {number}\n", encoding="utf-8")
    command = grade_command(submissions, "--networks", 10, "--quiet", "-o")
    subprocess.run([*command, str(tmp_path / "undisturbed")], check=True, capture_output=True, timeout=120)
    random.seed(5)
    killed = 0
    for _ in range(10):
        process = subprocess.Popen([*command, str(tmp_path / "killed")], stdout=subprocess.DEVNULL)
        try:
            process.wait(timeout=0.2 + random.random() / 4)
            break  # the run got to its end in spite of us
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
    assert killed
    subprocess.run([*command, str(tmp_path / "killed")], check=True, capture_output=True, timeout=120)
    assert contents(tmp_path / "killed") == contents(tmp_path / "undisturbed")


def test_an_interrupt_ends_the_run_at_once_and_keeps_what_is_done(submissions: Path, tmp_path: Path) -> None:
    (submissions / "loop.py").write_text("while True: pass\n", encoding="utf-8")
    command = grade_command(submissions, "-o", tmp_path / "out")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    journal = tmp_path / "out" / "journal.jsonl"
    while time.monotonic() < deadline and not (journal.exists() and journal.read_bytes().count(b"\n") > 3):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)  # the loop would go on for longer
    assert process.returncode == 130
    said = ["What has been graded is kept: the same command goes on from here.", "grade: interrupted"]
    assert errors.splitlines()[-2:] == said


def test_a_folder_without_submissions_is_the_callers_mistake(tmp_path: Path, materials: Materials) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no submission"):
        find_submissions([tmp_path / "empty"], materials)
    (tmp_path / "file").write_text("")
    (tmp_path / "a.py").write_text(RIGHT, encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be made"):
        grade(tmp_path / "a.py", tmp_path / "file" / "out", materials)


def test_the_instructors_sheets_are_filled(submissions: Path, tmp_path: Path, materials: Materials) -> None:
    shutil.rmtree(submissions)
    for student in ("2023001", "2023002"):
        (submissions / student).mkdir(parents=True)
        (submissions / student / "backprop.py").write_text(RIGHT, encoding="utf-8")
    sheet = (
        "Student,ID,SIS User ID,SIS Login ID,Section,backprop (77)\r\n"
        "    Points Possible,,,,,50\r\n"
        '"Li, Na",11,2023001,lina,A,\r\n'
        '"Wu, Di",12,2023009,wudi,A,3\r\n'
    )
    (tmp_path / "canvas.csv").write_bytes(sheet.encode())
    (tmp_path / "roster.csv").write_text("学号,姓名\n2023001,李娜\n2023002,王\n2023009,吴迪\n", encoding="utf-8")
    sheets = Sheets(gradebook=tmp_path / "canvas.csv", roster=tmp_path / "roster.csv")
    entries = find_submissions([submissions], materials)
    output = Output(folder=tmp_path / "out", sheets=sheets)
    result = grade_class(entries, materials, Terms(), output, Workforce())
    assert (tmp_path / "out" / "canvas.csv").read_bytes().decode() == sheet.replace("lina,A,", "lina,A,50.00")
    assert any("2023002" in str(remark) for remark in result.remarks)
    where = f"The filled sheet is {tmp_path / 'out' / 'canvas.csv'}; column: backprop (77)"
    assert where in map(str, result.remarks)
    assert result.missing == 1
    assert gradebook(tmp_path / "out")[-1]["verdict"] == "not-handed-in"
    assert gradebook(tmp_path / "out")[-1]["student"] == "2023009"


def test_each_report_is_written_in_every_format_asked_for(tmp_path: Path, materials: Materials) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.py").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "in" / "b.py").write_bytes(b"")
    out = tmp_path / "out"

    def reports() -> list[str]:
        return sorted(path.name for path in out.glob("*.report.*"))

    only_yaml = ["a.py.report.yaml", "b.py.report.yaml"]
    grade(tmp_path / "in", out, materials)
    assert reports() == only_yaml
    assert 'href="a.py.report.yaml"' in (out / "index.html").read_text(encoding="utf-8")
    again = grade(tmp_path / "in", out, materials, formats=("yaml", "html", "markdown"))
    assert again.taken_over == 0
    assert reports() == sorted(f"{name}.py.report.{ending}" for name in "ab" for ending in ("html", "md", "yaml"))
    assert 'href="a.py.report.html"' in (out / "index.html").read_text(encoding="utf-8")
    (out / "b.py.report.html").unlink()
    assert grade(tmp_path / "in", out, materials, formats=("yaml", "html")).taken_over == 1
    assert (out / "b.py.report.html").is_file()


def test_no_page_of_an_earlier_file_is_left_beside_a_new_report(tmp_path: Path, materials: Materials) -> None:
    (tmp_path / "a.py").write_text("wrong", encoding="utf-8")
    grade(tmp_path / "a.py", tmp_path / "out", materials, formats=("yaml", "html"))
    (tmp_path / "a.py").write_text(RIGHT, encoding="utf-8")
    grade(tmp_path / "a.py", tmp_path / "out", materials)
    assert [path.name for path in (tmp_path / "out").glob("a.py.*")] == ["a.py.report.yaml"]


def test_the_best_of_several_attempts_counts_and_all_are_reported(tmp_path: Path, materials: Materials) -> None:
    (tmp_path / "in").mkdir()
    wrong = RIGHT.replace("target - output", "output - target")
    for day, source in enumerate((wrong, RIGHT, f"{RIGHT}#", ""), start=1):
        (tmp_path / "in" / f"hw_lina_attempt_2026-09-0{day}-10-00-00_backprop.py").write_text(source, encoding="utf-8")
    (tmp_path / "in" / "hw_wudi_attempt_2026-09-01-10-00-00_backprop.py").write_text(wrong, encoding="utf-8")
    entries = find_submissions([tmp_path / "in"], materials, attempt="best")
    grade_class(entries, materials, Terms(), Output(folder=tmp_path / "out"), Workforce(jobs=2))
    lina, wudi = gradebook(tmp_path / "out")
    assert (lina["student"], lina["points"], lina["attempt"]) == ("lina", "100", "2026-09-02-10-00-00")
    assert lina["note"] == "The best attempt counts: number 2 of 4."
    assert wudi["points"] == "0"
    assert "Attempt" not in wudi["note"]
    assert len(list((tmp_path / "out").glob("*.report.yaml"))) == 5
    assert yaml.safe_load((tmp_path / "out" / "summary.yaml").read_bytes())["mean_percent"] == 50.0


def test_a_defect_of_the_graders_own_is_one_row_that_says_why_and_stops_nothing(
    submissions: Path, tmp_path: Path, materials: Materials, monkeypatch: pytest.MonkeyPatch
) -> None:
    grade_one, dump = Grader._report_on, yaml_report.dump

    def defective(self: Grader, submission: Submission, *arguments: Any, **options: Any) -> Report:
        if submission.file == "right07.py":
            raise ZeroDivisionError("by zero")
        return grade_one(self, submission, *arguments, **options)

    def defective_dump(report: Report, context: Context) -> bytes:
        if report.submission.file == "right08.py" and report.verdict != "not-graded":
            raise LookupError("no such key")
        return dump(report, context)

    monkeypatch.setattr(Grader, "_report_on", defective)
    monkeypatch.setattr(yaml_report, "dump", defective_dump)
    result = grade(submissions, tmp_path / "out", materials)
    not_graded = [row for row in gradebook(tmp_path / "out") if row["verdict"] == "not-graded"]
    assert result.not_graded == 2
    assert [row["file"] for row in not_graded] == ["right07.py", "right08.py"]
    assert "ZeroDivisionError: by zero (test_batch.py, line " in not_graded[0]["note"]
    assert "LookupError: no such key (test_batch.py, line " in not_graded[1]["note"]
    report = yaml.safe_load((tmp_path / "out" / "right07.py.report.yaml").read_bytes())
    assert report["verdict"] == "not-graded"


def test_progress_counts_only_what_is_left_to_grade(tmp_path: Path, materials: Materials) -> None:
    (tmp_path / "in").mkdir()
    told: list[int] = []
    graded: list[str] = []

    class Progress(Unseen):
        def start(self, taken_over: int) -> None:
            told.append(taken_over)

        def add(self, row: Row) -> None:
            graded.append(row.key)

    for name in ("a.py", "b.py"):
        (tmp_path / "in" / name).write_text(RIGHT, encoding="utf-8")
        handed_in = find_submissions([tmp_path / "in"], materials)
        grade_class(handed_in, materials, Terms(), Output(folder=tmp_path / "out"), Workforce(), Progress())
    assert (told, graded) == ([0, 1], ["a.py", "b.py"])


def canvas(folder: Path, *names: str) -> Path:
    """Write hand-ins as Canvas names them."""
    folder.mkdir()
    for name in names:
        (folder / name).write_text(RIGHT, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("doejane_1_11_backprop.py", "doejane_LATE_1_11_backprop.py"),
        ("doejane_LATE_1_11_backprop.py", "doejane_1_11_backprop.py"),
        ("doejane_1_11_backprop.py", "doejane_1_12_backprop-2.py"),
    ],
)
def test_a_class_that_goes_on_says_what_is_known_now_about_a_hand_in(
    tmp_path: Path, materials: Materials, before: str, now: str
) -> None:
    other = "roebo_2_12_backprop.py"
    grade(canvas(tmp_path / "before", before, other), tmp_path / "out", materials)
    again = grade(canvas(tmp_path / "now", now, other), tmp_path / "out", materials)
    grade(tmp_path / "now", tmp_path / "fresh", materials)
    assert again.taken_over == 1
    fresh = contents(tmp_path / "fresh")
    assert {name: contents(tmp_path / "out")[name] for name in fresh} == fresh


def unreadable(folder: Path, number: int) -> None:
    """Hand in something else that cannot be graded."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ([], ["a.pdf"], ["a.pdf", "b.docx"], ["one.py", "two.py"])[number]:
        (folder / name).write_bytes(RIGHT.encode() + name.encode() if name.endswith(".py") else b"%PDF")


def test_a_class_that_goes_on_says_why_a_hand_in_cannot_be_read_now(tmp_path: Path, materials: Materials) -> None:
    (tmp_path / "in" / "amy").mkdir(parents=True)
    (tmp_path / "in" / "amy" / "backprop.py").write_text(RIGHT, encoding="utf-8")
    for number in (0, 1, 2, 3, 0):
        unreadable(tmp_path / "in" / "bo", number)
        grade(tmp_path / "in", tmp_path / "out", materials)
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        grade(tmp_path / "in", tmp_path / "fresh", materials)
        assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_class_that_goes_on_says_what_lies_beside_a_hand_in_now(tmp_path: Path, materials: Materials) -> None:
    folder = tmp_path / "in" / "amy"
    folder.mkdir(parents=True)
    (folder / "backprop.py").write_text(RIGHT, encoding="utf-8")
    grade(tmp_path / "in", tmp_path / "out", materials)
    (folder / "backprop (1).py").write_text(RIGHT.replace("target - output", "output - target"), encoding="utf-8")
    grade(tmp_path / "in", tmp_path / "out", materials)
    grade(tmp_path / "in", tmp_path / "fresh", materials)
    assert "backprop (1).py" in gradebook(tmp_path / "fresh")[0]["note"]
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_hand_in_that_is_gone_is_gone_from_the_journal(tmp_path: Path, materials: Materials) -> None:
    folder = canvas(tmp_path / "in", "doejane_1_11_backprop.py", "roebo_2_12_backprop.py")
    grade(folder, tmp_path / "out", materials)
    (folder / "roebo_2_12_backprop.py").unlink()
    grade(folder, tmp_path / "out", materials)
    grade(folder, tmp_path / "fresh", materials)
    fresh = contents(tmp_path / "fresh")
    assert {name: contents(tmp_path / "out")[name] for name in fresh} == fresh


def test_many_threads_share_what_makes_reports(monkeypatch: pytest.MonkeyPatch, materials: Materials) -> None:
    from graders.batch import graded
    from graders.batch.pool import work_through

    with open_sandboxed(materials, Terms()) as grader:
        report = grader.grade(decode_submission("a.py", RIGHT.encode()))

    class Known:
        def grade(self, _: Submission) -> Report:
            return report

    class Slow(dict[str, Report]):
        def __iter__(self) -> Iterator[str]:
            oldest = super().__iter__()
            time.sleep(1e-4)  # another thread's turn
            return oldest

        def __setitem__(self, key: str, report: Report) -> None:
            time.sleep(1e-4)
            super().__setitem__(key, report)

    reporter = graded.Reporter(("yaml",), "en")
    reporter._known = Slow()
    submissions = [Submission(file="a.py", sha256=None, cells=((None, str(number)),)) for number in range(400)]
    monkeypatch.setattr(graded, "_MOST_KNOWN", 1)
    monkeypatch.setattr(graded, "dump_all", lambda *_: {})
    done = work_through(submissions, lambda _: partial(reporter.graded, cast("Grader", Known())), 8)
    assert sum(1 for _ in done) == len(submissions)
