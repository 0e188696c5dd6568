"""Where files are found, written and believed: each test is an attack and what comes of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from graders.cli import main
from graders.exercise.asked import Exercise
from graders.exercise.bank import cache_folder, get_bank
from graders.exercise.reference import Reference
from graders.files import alone_in
from tests.support.commands import grade_command
from tests.support.sandboxes import RIGHT, WRONG, need_kernel_sandbox

ROOT = Path(__file__).parent.parent
QUICK = ("--cases", "3", "--lang", "en", "--quiet", "--jobs", "1")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    need_kernel_sandbox()  # where each hand-in needs no Python of its own
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "jdoe.py").write_text(WRONG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def verdict(folder: str) -> str:
    line = next(line for line in Path(folder, "gradebook.csv").read_text("utf-8").splitlines() if "jdoe" in line)
    return line.split(",")[6]


def test_links_planted_where_a_class_is_graded_into_lead_nowhere(here: Path) -> None:
    kept = here / "kept"
    kept.write_text("mine", encoding="utf-8")
    (here / "out").mkdir()
    for name in ("jdoe.py.report.yaml", "gradebook.csv", "index.html", "summary.yaml", "cases.json"):
        (here / "out" / name).symlink_to(kept)
    assert main(["in", "-o", "out", *QUICK]) == 0
    assert kept.read_text(encoding="utf-8") == "mine"
    assert verdict("out") == "wrong-value"
    assert not [path for path in (here / "out").iterdir() if path.is_symlink()]


def test_what_is_planted_in_the_place_of_a_report_is_replaced_and_never_opened(here: Path) -> None:
    (here / "kept").write_text("mine", encoding="utf-8")
    (here / "elsewhere").mkdir()
    (here / "jdoe.report.yaml").symlink_to(here / "kept")
    os.mkfifo(here / "jdoe.report.html")  # whoever opened it would wait for ever
    (here / "jdoe.report.md").symlink_to(here / "elsewhere")
    formats = [word for name in ("yaml", "html", "markdown") for word in ("--format", name)]
    assert main(["in/jdoe.py", *QUICK, *formats]) == 1
    assert (here / "kept").read_text(encoding="utf-8") == "mine"
    assert list((here / "elsewhere").iterdir()) == []
    assert all((here / f"jdoe.report.{ending}").lstat().st_size > 500 for ending in ("yaml", "html", "md"))
    (here / "jdoe.report.yaml").unlink()
    (here / "jdoe.report.yaml").mkdir()
    assert main(["in/jdoe.py", *QUICK]) == 2


@pytest.mark.parametrize("name", ["journal.jsonl", ".grade.lock"])
def test_a_link_in_the_place_of_the_journal_or_the_lock_is_refused(
    here: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "kept").write_text("mine", encoding="utf-8")
    (here / "out").mkdir()
    (here / "out" / name).symlink_to(here / "kept")
    assert main(["in", "-o", "out", *QUICK]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (here / "kept").read_text(encoding="utf-8") == "mine"


def test_a_pipe_in_the_place_of_the_lock_stops_nothing_for_ever(here: Path) -> None:
    os.mkfifo(here / ".grade.lock")
    with pytest.raises(Exception, match="cannot be written"), alone_in(here):
        pass


def test_a_folder_of_reports_that_became_a_link_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "more").mkdir()
    shutil.copy(here / "in" / "jdoe.py", here / "more" / "roe.py")
    (here / "elsewhere").mkdir()
    (here / "out").mkdir()
    (here / "out" / "in").symlink_to(here / "elsewhere")
    assert main(["in", "more", "-o", "out", *QUICK]) == 2
    assert "links are not followed" in capsys.readouterr().err
    assert list((here / "elsewhere").iterdir()) == []


def test_rows_that_lie_within_what_was_handed_in_are_not_believed(here: Path) -> None:
    (here / "in" / "jdoe.py").write_text(RIGHT, encoding="utf-8")
    assert main(["in", "-o", "in/reports", *QUICK]) == 0
    assert verdict("in/reports") == "correct"
    forged = (here / "in" / "reports" / "journal.jsonl").read_text(encoding="utf-8")
    (here / "in" / "jdoe.py").write_text(WRONG, encoding="utf-8")
    assert main(["in", "-o", "in/reports", *QUICK]) == 0
    true = (here / "in" / "reports" / "journal.jsonl").read_text(encoding="utf-8")
    forged_code, true_code = (text.partition('"code":"')[2][:64] for text in (forged, true))
    (here / "in" / "reports" / "journal.jsonl").write_text(forged.replace(forged_code, true_code), encoding="utf-8")
    assert main(["in", "-o", "in/reports", *QUICK]) == 0
    assert verdict("in/reports") == "wrong-value"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_rows_of_another_user_are_not_believed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in", "-o", "out", *QUICK]) == 0
    os.chown("out/journal.jsonl", 65534, 65534)
    assert main(["in", "-o", "out", *QUICK]) == 2
    assert "not written by a run of yours" in capsys.readouterr().err
    assert main(["in", "-o", "out", "--no-resume", *QUICK]) == 0


def test_a_cache_that_others_can_write_to_decides_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, exercise: Exercise, reference: Reference
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(here / "cache"))
    own = get_bank(exercise, reference, seed=1, count=3)
    assert cache_folder().stat().st_mode & 0o777 == 0o700
    (kept,) = cache_folder().iterdir()
    other = get_bank(exercise, reference, seed=2, count=3)
    (forged,) = set(cache_folder().iterdir()) - {kept}
    planted = forged.read_bytes().replace(b'"seed":2', b'"seed":1')
    kept.write_bytes(planted)
    assert get_bank(exercise, reference, seed=1, count=3).sha256 == other.sha256  # one's own is believed
    cache_folder().chmod(0o777)
    assert get_bank(exercise, reference, seed=1, count=3).sha256 == own.sha256
    assert kept.read_bytes() == planted
    shutil.rmtree(cache_folder())
    (here / "theirs").mkdir()
    cache_folder().symlink_to(here / "theirs")
    assert get_bank(exercise, reference, seed=1, count=3).sha256 == own.sha256
    assert list((here / "theirs").iterdir()) == []


def test_the_pattern_of_an_instructor_decides_among_the_files_of_a_student(here: Path) -> None:
    for student, files in {
        "jdoe": {"backprop.py": RIGHT, "backprop_final.py": WRONG},
        "roe": {"hw.py": WRONG, "sub/x_final.py": RIGHT},
        "poe": {"backprop.py": RIGHT},
    }.items():
        for name, source in files.items():
            (here / "many" / student / name).parent.mkdir(parents=True, exist_ok=True)
            (here / "many" / student / name).write_text(source, encoding="utf-8")
    assert main(["many", "-o", "out", "--file", "*_final.py", *QUICK]) == 0
    lines = (here / "out" / "gradebook.csv").read_text("utf-8-sig").splitlines()
    found = {row[0]: (row[2], row[6]) for row in (line.split(",") for line in lines[1:])}
    assert found["jdoe"] == ("backprop_final.py", "wrong-value")
    assert found["roe"] == ("x_final.py", "correct")
    assert found["poe"][1] == "unreadable"


def test_a_file_that_students_get_is_named_where_it_lies_if_none_is_here(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backprop.py", *QUICK]) == 2
    said = capsys.readouterr().err
    assert f"did you mean {ROOT / 'exercises' / 'backprop' / 'backprop.py'}?" in said
    (here / "bakprop.py").write_text(RIGHT, encoding="utf-8")
    assert main(["backprop.py", *QUICK]) == 2
    assert "did you mean bakprop.py" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "gb18030", "utf-16"])
def test_a_terminal_of_any_encoding_ends_no_run(here: Path, encoding: str) -> None:
    (here / "王小明.py").write_text(WRONG, encoding="utf-8")
    done = subprocess.run(
        grade_command("王小明.py", *QUICK[:2], "--lang", "zh", "-o", "report.yaml"),
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    assert "delta_w_h_o" in done.stdout.decode(encoding)
