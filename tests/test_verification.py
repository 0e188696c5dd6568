"""A report is verified by grading again; a forged, damaged or hostile one is told apart, in one line each."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from graders.cli import main
from graders.errors import UsageError
from graders.exercise.asked import Exercise
from graders.exercise.bank import draw_bank, write_bank
from graders.exercise.reference import Reference
from graders.reports.document import document
from graders.reports.reading import read_report
from tests.support.sandboxes import RIGHT, WRONG, need_kernel_sandbox

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    need_kernel_sandbox()
    monkeypatch.chdir(tmp_path)
    Path("backprop.py").write_text(WRONG, encoding="utf-8")
    return tmp_path


TERMS = "It was graded on your terms: exercise backprop, seed 5, cases: 20.\n"


def graded(*options: str) -> Path:
    main(["backprop.py", "--lang", "en", "--seed", "5", "--networks", "20", "-o", "report", *options])
    return Path("report")


def verified(
    capsys: pytest.CaptureFixture[str], report: str = "report", file: str = "backprop.py", *options: str
) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["--verify", report, "--lang", "en", *(options or ("--seed", "5", "--cases", "20")), file])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def forged(before: str, after: str) -> None:
    text = Path("report").read_text(encoding="utf-8")
    assert before in text
    Path("report").write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("level", ["score", "steps", "hints", "counterexample", "repair"])
@pytest.mark.parametrize("written_as", ["yaml", "json"])
def test_a_report_is_read_back_and_verified(capsys: pytest.CaptureFixture[str], level: str, written_as: str) -> None:
    report = read_report(graded("--feedback", level, "--format", written_as))
    assert (document(report).get("repair") is not None) == (level == "repair")
    assert verified(capsys) == (0, "This grader gives the same report for backprop.py: 0 of 100 points.\n" + TERMS)


@pytest.mark.parametrize("source", ["x = (", RIGHT, RIGHT.replace("error = target - output", "error = undefined")])
def test_reports_of_every_kind_are_verified(capsys: pytest.CaptureFixture[str], source: str) -> None:
    Path("backprop.py").write_text(source, encoding="utf-8")
    graded()
    assert verified(capsys)[0] == 0


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("points: 0, max: 100", "points: 90, max: 100", "✗ score: the report has 90 / 100, found 0 / 100"),
        ("verdict: wrong-value\n", "verdict: correct\n", "✗ verdict: the report has correct, found wrong-value"),
        ("passed: 0}", "passed: 1}", "✗ checks.fixed.delta_w_h_o: the report has wrong-value, 1 / 1, 0 / 10, found"),
        (
            "misconception: error-sign",
            "misconception: x",
            "✗ steps.error: the report has wrong-value, line 30, x, found",
        ),
        (
            "seed: 5",
            "seed: 6",
            "✗ grading.bank_sha256: the report has 2681ecb53c8223155168290e955d7542b1ed79449d4ce89e",
        ),
    ],
)
def test_what_was_changed_is_named(capsys: pytest.CaptureFixture[str], before: str, after: str, line: str) -> None:
    graded()
    forged(before, after)
    status, said = verified(capsys)
    assert status == 1
    assert line in said


def test_another_submission_is_named_by_its_sha256(capsys: pytest.CaptureFixture[str]) -> None:
    graded()
    Path("backprop.py").write_text(WRONG + "\n", encoding="utf-8")
    status, said = verified(capsys)
    assert (status, said.count("✗")) == (1, 1)
    assert "✗ submission.sha256: the report has " in said


def test_another_version_is_named_but_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    graded()
    forged("grader: ", "grader: 0.0.")
    status, said = verified(capsys)
    assert status == 0
    assert "• grading.grader: graded with 0.0." in said


def test_the_bank_beside_the_report_or_the_one_named_is_used(
    capsys: pytest.CaptureFixture[str], exercise: Exercise, reference: Reference, here: Path
) -> None:
    bank = draw_bank(exercise, reference, seed=7, count=10)
    write_bank(here / "bank.json", bank)
    main(["backprop.py", "--bank", "bank.json", "-o", "report"])
    forged("seed: 7", "seed: null")
    status, said = verified(capsys)
    assert (status, said) == (
        2,
        "grade: report: its cases were not drawn from a seed; name the recorded ones with --bank\n",
    )
    assert verified(capsys, "report", "backprop.py", "--bank", "bank.json")[0] == 0
    write_bank(here / "cases.json", bank)
    status, said = verified(capsys)
    assert status == 1
    assert "But on terms of its own: exercise backprop, seed 7, cases: 10." in said


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        (["--seed", "5", "--cases", "20"], 0),
        (["--seed", "6", "--cases", "20"], 1),
        (["--seed", "5", "--cases", "19"], 1),
        (["--seed", "5"], 1),
        (["--cases", "20"], 1),
        (["--seed", "5", "--cases", "20", "-e", "gradient_descent"], 1),
    ],
)
def test_a_true_report_is_genuine_only_on_the_callers_terms(
    capsys: pytest.CaptureFixture[str], terms: Sequence[str], status: int
) -> None:
    graded()
    found, said = verified(capsys, "report", "backprop.py", *terms)
    assert found == status
    assert "This grader gives the same report" in said
    assert ("But on terms of its own: exercise backprop, seed 5, cases: 20." in said) == bool(status)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Expected `object`, got `null`"),
        ("x = 1", "Expected `object`, got `str`"),
        ("a: [", "not valid YAML"),
        ("{", "Input data was truncated"),
        ("[" * 5000, "not valid YAML"),
        ('{"a":' * 5000, "not a report"),
        ("!!python/object/apply:os.system [id]", "not valid YAML: could not determine a constructor"),
        ("a: &a [*a, *a]", "more than 100000 entries"),
        (
            "a: &a [1,2,3,4,5,6,7,8]\n"
            + "".join(f"{y}: &{y} [{','.join([f'*{x}'] * 8)}]\n" for x, y in zip("abcdefg", "bcdefgh", strict=True)),
            "more than 100000 entries",
        ),
        ("schema: 2\nexercise: backprop\n", "missing required field"),
        ("schema: 1\nexercise: backprop\n", "a report of schema 1, written by an older version"),
        ('{"schema": 3, "exercise": "backprop"}', "a report of schema 3, written by a newer version"),
        ("#" * (1 << 20) + "\n", "more than 1048576 bytes"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(content: str, reason: str) -> None:
    Path("report").write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"^report: (not a report: |a report of schema )") as caught:
        read_report(Path("report"))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_hostile_reports_text_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    graded()
    forged("exercise: backprop", r'exercise: "\e[31m"')
    assert verified(capsys) == (
        2,
        "grade: unknown exercise '\\x1b[31m'; if it is your own, name it with -e …/exercises/NAME\n",
    )
    graded()
    forged("id: fixed.delta_w_h_o", r'id: "\e[31m::error::"')
    status, said = verified(capsys)
    assert status == 1
    assert "\x1b" not in said


def test_one_report_is_verified_with_one_submission(capsys: pytest.CaptureFixture[str]) -> None:
    graded()
    assert verified(capsys, "report", "backprop.py", "backprop.py") == (
        2,
        "grade: --verify: found 2 submissions, expected the one the report is about\n",
    )


def own_exercise(folder: Path) -> str:
    """Make an exercise outside ours and return its path."""
    (folder / "reference").mkdir(parents=True)
    shutil.copytree(ROOT / "exercises" / "backprop", folder / "exercises" / "mine")
    (folder / "reference" / "mine.py").write_text(RIGHT, encoding="utf-8")
    return str(folder / "exercises" / "mine")


def test_a_report_cannot_bring_its_own_exercise(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = own_exercise(tmp_path / "brought")
    graded("--exercise", path)
    for name in ("./brought/exercises/mine", "brought/exercises/mine", "mine"):
        forged("exercise: mine", f"exercise: {name}")
        status, said = verified(capsys)
        assert (status, said.count("\n")) == (2, 1)
        assert said.startswith(f"grade: unknown exercise '{name}'")
        forged(f"exercise: {name}", "exercise: mine")


def test_a_report_on_an_exercise_of_ones_own_is_verified(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = own_exercise(tmp_path / "course")
    graded("--exercise", path)
    assert verified(capsys, "report", "backprop.py", "-e", path, "--seed", "5", "--cases", "20")[0] == 0
