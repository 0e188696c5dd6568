"""Several exercises in one run: a report and a table each, one gradebook, one sheet."""

import csv
from pathlib import Path

import pytest

from graders.cli import main

ROOT = Path(__file__).parent.parent
ONE, TWO = (
    (ROOT / "reference" / f"{name}.py").read_text(encoding="utf-8") for name in ("backprop", "gradient_descent")
)
BOTH = ("-e", "backprop", "-e", "gradient_descent", "--cases", "3", "--isolation", "process", "--lang", "en")
MARKS = "student,exercise,adjusted,why\npoe,gradient_descent,50,oral\nroe,gradient_descent,30,on paper\n"
SHEET = (
    "Student,ID,SIS Login ID,Section,backprop (7),gradient_descent (8)\r\n"
    "    Points Possible,,,,10,10\r\n"
    "Jane Doe,11,jdoe,A,,\r\n"
    "Roe,12,roe,A,,\r\n"
    "Poe,13,poe,A,,\r\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_one_file_has_a_report_and_a_table_for_each(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "both.py").write_text(ONE + TWO, encoding="utf-8")
    assert main(["both.py", *BOTH]) == 0
    said = capsys.readouterr().out
    assert "backprop · both.py" in said
    assert "gradient_descent · both.py" in said
    assert sorted(path.name for path in here.glob("*.yaml")) == [
        "both.backprop.report.yaml",
        "both.gradient_descent.report.yaml",
    ]
    assert main(["both.py", *BOTH, "-o", "report.yaml"]) == 2
    assert "the reports of 2 exercises need a folder" in capsys.readouterr().err


def test_a_class_has_one_gradebook_and_one_sheet_with_a_column_each(here: Path) -> None:
    for student, name, source in (
        ("jdoe", "backprop.py", ONE),
        ("jdoe", "gradient_descent.py", TWO),
        ("roe", "backprop (2).py", ONE.replace("target - output", "output - target")),
    ):
        (here / "in" / student).mkdir(parents=True, exist_ok=True)
        (here / "in" / student / name).write_text(source, encoding="utf-8")
    (here / "canvas.csv").write_text(SHEET, encoding="utf-8", newline="")
    (here / "roster.csv").write_text("id\njdoe\nroe\npoe\n", encoding="utf-8")
    arguments = ["in", *BOTH, "-o", "out", "--quiet", "--jobs", "1", "--roster", "roster.csv"]
    (here / "marks.csv").write_text(MARKS, encoding="utf-8")
    assert main([*arguments, "--gradebook", "canvas.csv", "--adjusted", "marks.csv"]) == 0
    with Path("out/gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["student"]: row for row in csv.DictReader(file)}
    assert [(who, row["backprop points"], row["gradient_descent verdict"]) for who, row in found.items()] == [
        ("jdoe", "100", "correct"),
        ("roe", "0", "not-handed-in"),
        ("poe", "", "not-handed-in"),
    ]
    assert [(row["gradient_descent final"], row["points"]) for row in found.values()] == [
        ("100", "200"),
        ("30", "30"),
        ("50", "50"),
    ]
    assert found["roe"]["gradient_descent why"] == "on paper"
    assert Path("out", found["jdoe"]["gradient_descent report"]).is_file()
    filled = Path("out/canvas.csv").read_text(encoding="utf-8").splitlines()
    assert filled[2:] == ["Jane Doe,11,jdoe,A,10.00,10.00", "Roe,12,roe,A,0.00,3.00", "Poe,13,poe,A,,5.00"]


@pytest.mark.parametrize(
    ("sheet", "more", "said"),
    [
        (SHEET.replace("gradient_descent (8)", "Descent (8)"), [], "choose the assignment"),
        (SHEET, ["--gradebook-column", "backprop"], "found 1, expected one for each of the 2"),
        (SHEET, ["--gradebook-column", "7", "--gradebook-column", "7"], "would be filled twice"),
        ("Identifier,Full name,Grade,Maximum Grade\r\nParticipant 1,J,,10\r\n", [], "one column of grades"),
    ],
)
def test_a_sheet_without_a_column_for_each_is_refused_before_grading(
    here: Path, sheet: str, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "in").mkdir()
    (here / "in" / "jdoe_backprop.py").write_text(ONE, encoding="utf-8")
    (here / "in" / "jdoe_gradient_descent.py").write_text(TWO, encoding="utf-8")
    (here / "sheet.csv").write_text(sheet, encoding="utf-8", newline="")
    assert main(["in", *BOTH, "-o", "out", "--quiet", "--gradebook", "sheet.csv", *more]) == 2
    assert said in capsys.readouterr().err
    assert not list(here.glob("out/**/*.report.yaml"))
