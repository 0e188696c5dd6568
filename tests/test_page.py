"""The page for the browser: what it holds, and that its Python says what the command says, without a browser."""

import ast
import hashlib
import html.parser
import io
import json
import math
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.cli import main
from graders.errors import UsageError
from graders.exercise.loading import exercise_names, load_exercise
from graders.messages.browser import BROWSER
from graders.page import packing, runtime
from graders.page.standins import msgspec as standin
from graders.page.writing import page_files, parsed_yaml, write_page
from graders.reports.context import Context
from graders.reports.document import document
from graders.reports.html import dump
from graders.session import load_materials
from graders.submission import read_submission
from tests.support.answers import answers
from tests.support.opening import open_grader
from tests.support.paged import PagePython, page_python

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "submissions" / "backprop"
STATIC = packing.PACKAGE / "page" / "static"
FEW = (
    ("correct/changed_x.py", "en"),
    ("correct/coding_gbk.py", "zh"),
    ("wrong/hidden_term_no_slope.py", "zh"),
    ("wrong/missing_commented_out.py", "en"),
    ("wrong/notfinite_exp_overflow.py", "en"),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    write_page(load_materials("backprop"), folder, "en")
    return folder


@pytest.fixture(scope="module")
def python(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagePython]:
    with page_python(page, tmp_path_factory.mktemp("code")) as started:
        yield started


def without_surroundings(report: Any) -> Any:
    """Return a report without what says where it was made."""
    plain = json.loads(msgspec.json.encode(report))
    return {**plain, "grading": {**plain["grading"], "isolation": None, "versions": None}}


@pytest.mark.parametrize(("sample", "lang"), FEW)
def test_the_pages_python_gives_the_commands_report(python: PagePython, sample: str, lang: Any) -> None:
    path = SAMPLES / sample
    with open_grader("backprop", isolation="process", lang=lang) as grader:
        submission = read_submission(path)
        report = grader.grade(submission)
    found = python.grade(path.name, path.read_bytes(), lang)
    assert without_surroundings(found["report"]) == without_surroundings(document(report))
    shown = dump(report, Context(lang, submission.cells)).decode()
    assert found["page"].replace(">browser<", ">process<") == shown
    assert found["report"]["grading"]["isolation"] == "browser"


def test_what_is_read_out_is_the_score_and_the_first_thing_to_mend(python: PagePython) -> None:
    wrong = python.grade("a.py", (SAMPLES / "wrong" / "hidden_term_no_slope.py").read_bytes())["said"]
    assert wrong[0] == "a.py: 50 / 100, wrong values"
    assert wrong[1].startswith("✗ hidden_error_term (line 38): ")
    assert len(wrong) == 2
    (right,) = python.grade("a.py", (SAMPLES / "correct" / "outer.py").read_bytes())["said"]
    assert right == "a.py: 100 / 100, right"


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("while True:\n    pass\n", "timeout"),
        ("import os\nos._exit(3)\n", "crashed"),
        ("def f(:\n", "syntax-error"),
        ("raise SystemExit\n", "crashed"),
        ("", "unreadable"),
        ("1 / 0\n", "exception"),
    ],
)
def test_a_run_that_ends_otherwise_is_judged_like_the_commands(python: PagePython, source: str, verdict: str) -> None:
    found = python.grade("a.py", source.encode(), most_s=3)
    assert found["report"]["verdict"] == verdict
    assert found["report"]["score"]["points"] == 0


def test_the_same_exercise_gives_the_same_bytes(page: Path) -> None:
    again = page_files(load_materials("backprop"), "en")
    assert again == {name: (page / name).read_bytes() for name in again}
    assert {path.name for path in page.iterdir()} == set(again)


def test_a_runner_that_holds_a_job_answers_a_request_like_one_that_runs_it_anew(python: PagePython) -> None:
    python.grade("a.py", (SAMPLES / "wrong" / "hidden_term_no_slope.py").read_bytes())
    requests = [frames for frames in python.asked if frames.startswith(python.asked[0]) and frames != python.asked[0]]
    assert len(requests) > 1
    assert python.replies([python.asked[0], *requests])[1:] == [python.replies([one])[0] for one in requests]


def test_a_runner_that_holds_a_job_runs_another_one_from_its_beginning(python: PagePython) -> None:
    jobs = []
    for sample in ("wrong/hidden_term_no_slope.py", "correct/outer.py"):
        python.grade("a.py", (SAMPLES / sample).read_bytes())
        jobs.append(python.asked[0])
    assert python.replies([*jobs, jobs[0]]) == [python.replies([job])[0] for job in [*jobs, jobs[0]]]


def test_a_page_has_what_an_exercises_files_contain_by_their_text_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_bytes("title: 一步\r\nmost: .inf\r\nleast: -.inf\r\nsteps: [1, 1.5e-9, true, null]\r\n".encode())
    module: dict[str, Any] = {}
    exec(parsed_yaml(tmp_path), module)
    digest = hashlib.sha256(path.read_text(encoding="utf-8").encode()).hexdigest()
    expected = {"title": "一步", "most": math.inf, "least": -math.inf, "steps": [1, 1.5e-9, True, None]}
    assert module["CONTENT"] == {digest: expected}


@pytest.mark.parametrize("sample", ["files_in_memory.py", "sleep_for_days.py"])
def test_files_and_sleeps_are_those_of_the_sandbox(python: PagePython, sample: str) -> None:
    found = python.grade(sample, (SAMPLES / "correct" / sample).read_bytes(), most_s=30)
    assert found["report"]["score"]["points"] == 100


@pytest.mark.skipif(sys.version_info < (3, 12), reason="browsers have Python 3.12")
def test_what_a_script_does_after_its_results_takes_no_points_where_there_are_no_signals(python: PagePython) -> None:
    slow = python.grade("a.py", (SAMPLES / "correct" / "tail_training.py").read_bytes(), most_s=30)
    assert slow["report"]["score"]["points"] == 100


@pytest.mark.parametrize(
    "name",
    [
        # a straight line, functions with `use`, and data in modules; the others in the long tests
        pytest.param(name, marks=() if name in ("backprop", "numpy_quiz", "gradient_records") else pytest.mark.long)
        for name in exercise_names()
    ],
)
def test_the_worker_that_runs_a_submission_holds_no_answer(name: str) -> None:
    files = page_files(load_materials(name), "en")
    texts = {name: content for name, content in files.items() if name not in ("judge.zip", "runner.zip")}
    with zipfile.ZipFile(io.BytesIO(files["runner.zip"])) as packed:
        assert {entry.partition("/")[0] for entry in packed.namelist()} == {"inside", "runner.py", "setup.frame"}
        texts |= {entry: packed.read(entry) for entry in packed.namelist()}
    for answer in answers(load_exercise(name)):
        assert not [entry for entry, content in texts.items() if answer.encode() in b"".join(content.split())]


def test_the_judge_packs_what_it_imports_and_nothing_of_the_sandboxes_or_of_a_class() -> None:
    files = packing.judge_code()
    ours = {name for name in files if name.startswith("graders/")}
    assert {"graders/grading.py", "graders/judging/diagnosis.py", "graders/reports/html.py"} <= ours
    assert not [name for name in ours if re.match(r"graders/(batch|gradebooks|authoring|cli|session)", name)]
    assert not [name for name in ours if re.match(r"graders/sandbox/(server|spawning|launch)\.py", name)]
    assert not [name for name in files if name.endswith(".j2") or name.startswith("yaml/reader")]


def test_a_page_is_written_again_but_no_other_file_is_replaced(tmp_path: Path) -> None:
    materials = load_materials("one_hidden_unit")
    write_page(materials, tmp_path / "page", "en")
    write_page(materials, tmp_path / "page", "zh")
    assert '<html lang="zh-Hans">' in (tmp_path / "page" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(UsageError, match="already there"):
        write_page(materials, tmp_path, "en")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["index.html"]


def test_the_command_lists_the_files_and_says_that_the_page_holds_the_solution(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--page", "one_hidden_unit", str(tmp_path / "page"), "--lang", "en"]) == 0
    *listed, note = capsys.readouterr().out.splitlines()
    assert sorted(listed) == sorted(str(path) for path in (tmp_path / "page").iterdir())
    assert "the page has to hold the solution" in note


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--page", "backprop"], "--page: found 0 folders, expected one to write to"),
        (["--page", "backprop", "out", "--pyodide", "nowhere"], "cannot be read: No such file or directory"),
        (["--page", "backpop", "out"], "unknown exercise 'backpop'"),
        (["--pyodide", "nowhere", "backprop.py"], "--pyodide: works with --page only"),
    ],
)
def test_the_callers_mistakes_are_one_line(
    arguments: list[str],
    problem: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert problem in error
    assert error.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_file_of_another_pyodide_is_refused(tmp_path: Path) -> None:
    for file in runtime.RUNTIME:
        (tmp_path / file.name).write_bytes(b"other")
    with pytest.raises(UsageError, match="is not the file of Pyodide"):
        dict(runtime.copied(str(tmp_path)))


def test_the_page_may_ask_only_its_own_place_and_that_of_its_python() -> None:
    materials = load_materials("one_hidden_unit")
    for where, addresses in (
        (None, "'self' https://cdn.jsdelivr.net"),
        ("https://school.example/py", "'self' https://school.example"),
    ):
        files = page_files(materials, "en", where)
        policy = re.search(r'Security-Policy" content="([^"]*)"', files["index.html"].decode())
        assert policy is not None
        rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["connect-src"] == addresses
        assert "unsafe-eval'" not in rules["script-src"].replace("'wasm-unsafe-eval'", "")
        listed = json.loads(files["page.json"])["runtime"]
        assert all(file["url"].startswith("https://") and file["integrity"].startswith("sha256-") for file in listed)


class Words(html.parser.HTMLParser):
    """Collects the keys of the words in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.keys |= {value for name, value in attrs if name == "data-word" and value}


def test_every_word_of_the_page_is_in_the_catalogue_and_every_word_of_that_is_used() -> None:
    words = Words()
    words.feed((STATIC / "index.html").read_text(encoding="utf-8"))
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    named = {key for key in BROWSER if f'"{key}"' in script}
    assert words.keys <= BROWSER.keys()
    assert BROWSER.keys() == words.keys | named
    spoken = set(re.findall(r'\b(?:say|word|Failure)\("([^"]+)"', script))
    assert spoken <= BROWSER.keys()


NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.integers() | st.text() | st.booleans() | st.none()


@given(st.recursive(NUMBERS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_the_standin_writes_the_json_that_msgspec_writes(value: Any) -> None:
    try:
        expected = msgspec.json.encode(value)
    except (msgspec.MsgspecError, UnicodeEncodeError):  # an unpaired surrogate
        return
    assert json.loads(standin.json.encode(value)) == json.loads(expected) or "nan" in repr(value)
    if not isinstance(value, str | dict | list):
        assert standin.json.encode(value) == expected


def test_no_module_of_the_command_imports_a_standin() -> None:
    for path in packing.PACKAGE.rglob("*.py"):
        if "standins" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            assert not [name for name in names if "page.standins" in name], path


def test_the_documentation_names_every_file_that_is_downloaded_with_its_hash() -> None:
    text = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")
    rows = [f"| `{file.name}` | {file.size:,} | `{file.sha256}` |" for file in runtime.RUNTIME]
    assert [row for row in text.splitlines() if row.startswith("| `")] == rows
