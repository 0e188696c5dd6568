"""The Python API does what the command line does, and docs/api.md says what it does."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import graders
from graders.notebook import check
from tests.support.sandboxes import need_kernel_sandbox

ROOT = Path(__file__).parent.parent
RIGHT = ROOT / "reference" / "backprop.py"
WRONG_SIGN = RIGHT.read_text(encoding="utf-8").replace("target - output", "output - target")
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module", autouse=True)
def kernel_sandbox() -> None:
    need_kernel_sandbox()


def test_grading_a_file_returns_its_report() -> None:
    report = graders.grade(ROOT / "reference" / "one_hidden_unit.py", exercise="one_hidden_unit", cases=10)
    assert (report.score.points, report.verdict) == (100, graders.Verdict.CORRECT)
    assert report.grading.cases == 10


def test_the_callers_mistakes_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(graders.UsageError, match="no such file"):
        graders.grade(tmp_path / "nothing.py")
    with pytest.raises(graders.UsageError, match="unknown exercise 'nothing'"):
        graders.grade(RIGHT, exercise="nothing")
    with pytest.raises(graders.UsageError, match="feedback: found 'all', expected one of score, steps, hints"):
        graders.grade(RIGHT, feedback="all")
    with pytest.raises(graders.UsageError, match="jobs: found 0"):
        graders.grade_many([RIGHT], jobs=0)  # at the call, not at the first report
    with pytest.raises(graders.UsageError, match=r"paths: found one path, .*backprop\.py, expected several"):
        graders.grade_many(str(RIGHT))


@pytest.mark.parametrize("call", [graders.grade, graders.grade_many, check])
@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"lang": "fr"}, "lang: found 'fr', expected one of en, zh"),
        ({"lang": "EN"}, "lang: found 'EN', expected one of en, zh"),
        ({"feedback": "all"}, "feedback: found 'all', expected one of score, steps, hints, counterexample, repair"),
    ],
)
def test_a_word_that_does_not_exist_is_refused_wherever_it_is_given(
    call: Callable[..., object], arguments: dict[str, str], problem: str
) -> None:
    with pytest.raises(graders.UsageError) as refused:
        call([RIGHT] if call is graders.grade_many else RIGHT, **arguments)
    assert str(refused.value) == problem


@pytest.mark.parametrize("isolation", ["none", "", "Kernel", None])
def test_an_isolation_that_does_not_exist_is_refused(isolation: Any) -> None:
    problem = f"isolation: found {isolation!r}, expected one of kernel, process"
    with pytest.raises(graders.UsageError, match=problem):
        graders.grade(RIGHT, isolation=isolation)
    with pytest.raises(graders.UsageError, match=problem):
        graders.grade_many([RIGHT], isolation=isolation)


@pytest.mark.parametrize("cases", [0, -1, 10_001, "10", 2.5])
def test_what_the_api_refuses_is_called_as_the_api_calls_it(cases: Any) -> None:
    with pytest.raises(graders.UsageError) as refused:
        graders.grade(RIGHT, cases=cases)
    assert str(refused.value) == f"cases: found {cases!r}, expected 1 to 10000"
    assert refused.value.in_options() == f"--cases: found {cases!r}, expected 1 to 10000"


def test_where_there_is_no_kernel_sandbox_api_and_command_name_their_own_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graders.session.launch", lambda: None)
    with pytest.raises(graders.SandboxError) as refused:
        graders.grade(RIGHT)
    assert str(refused.value).endswith("; use Linux, or isolation='process' for code you trust")
    assert refused.value.in_options().endswith("; use Linux, or --isolation process for code you trust")


def test_the_level_says_how_much_a_report_tells(tmp_path: Path) -> None:
    wrong = tmp_path / "backprop.py"
    wrong.write_text(WRONG_SIGN, encoding="utf-8")
    assert graders.grade(wrong, cases=10, feedback="score").steps is None
    assert graders.grade(wrong, cases=10, feedback=graders.Feedback.REPAIR).repair is not None


def test_reports_come_in_the_order_of_the_files_and_none_stops_the_others(tmp_path: Path) -> None:
    sources = {"right": RIGHT.read_text(encoding="utf-8"), "wrong": WRONG_SIGN, "broken": "x ="}
    paths = [tmp_path / f"{name}{index}.py" for index in range(3) for name in sources]
    for path in paths:
        path.write_text(sources[path.stem[:-1]], encoding="utf-8")
    paths.insert(1, tmp_path / "nothing.py")
    graded = list(graders.grade_many(paths, jobs=2, cases=10))
    assert [path for path, _ in graded] == paths
    expected = ["correct", "wrong-value", "syntax-error"] * 3
    expected.insert(1, "unreadable")
    assert [report.verdict for _, report in graded] == expected


def test_one_report_is_that_of_grade(tmp_path: Path) -> None:
    wrong = tmp_path / "backprop.py"
    wrong.write_text(WRONG_SIGN, encoding="utf-8")
    assert [report for _, report in graders.grade_many([str(wrong)], cases=10)] == [graders.grade(wrong, cases=10)]
    assert list(graders.grade_many([])) == []


def test_many_paths_are_read_a_few_at_a_time() -> None:
    asked = 0

    def paths() -> Iterator[Path]:
        nonlocal asked
        for _ in range(1000):
            asked += 1
            yield RIGHT

    reports = list(islice(graders.grade_many(paths(), jobs=2, cases=1), 5))
    assert [report.score.points for _, report in reports] == [100] * 5
    assert asked <= 5 + 8


def test_a_defect_of_ours_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from graders.grading import Grader

    def fail(*_: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(Grader, "_run", fail)
    reports = [report for _, report in graders.grade_many([RIGHT, RIGHT], cases=1)]
    assert [report.verdict for report in reports] == ["not-graded"] * 2
    assert reports[0].fault is not None
    assert "ZeroDivisionError: ours" in reports[0].fault.message


def test_the_public_names_are_typed_and_loaded_when_used() -> None:
    assert (Path(graders.__file__).parent / "py.typed").is_file()
    text = Path(graders.__file__).read_text(encoding="utf-8")
    assert sorted(re.findall(r"import \w+ as (\w+)$", text, re.MULTILINE)) == graders.__all__
    assert not hasattr(graders, "nothing")


def test_the_documented_examples_print_what_is_documented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("backprop.py").write_text(WRONG_SIGN, encoding="utf-8")
    Path("submissions").mkdir()
    Path("submissions/anna.py").write_bytes(RIGHT.read_bytes())
    Path("submissions/ben.py").write_text(WRONG_SIGN, encoding="utf-8")
    blocks = BLOCK.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))
    assert [kind for kind, _ in blocks] == ["python", "text"] * 4
    names: dict[str, object] = {}
    for (_, code), (_, printed) in zip(blocks[::2], blocks[1::2], strict=True):
        exec(code, names)
        assert re.fullmatch(re.escape(printed).replace("…", ".*"), capsys.readouterr().out)
    assert Path("backprop.md").read_text(encoding="utf-8").startswith("## ")
