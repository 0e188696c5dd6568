"""Formats that other systems read: each checked by what reads it, or by the schema it publishes."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from importlib import import_module
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from graders.command.options import parse_options
from graders.errors import UsageError
from graders.grading import Grader
from graders.messages import Lang
from graders.outcome import Fault, Report, Verdict
from graders.reports import classroom50, formats, github, gradescope, junit
from graders.reports.context import Context
from graders.reports.endings import endings
from graders.reports.making import cleaned
from graders.reports.text import text_lines
from graders.submission import decode_submission
from tests.support.platforms import GRADESCOPE, RUNNER
from tests.support.sandboxes import RIGHT

ROOT = Path(__file__).parent.parent
SIGN = ("error = target - output", "error = output - target")
Graded = Callable[..., Report]


@pytest.fixture(scope="module")
def graded(grader: Grader) -> Graded:
    """Return what grades the reference with one text of it changed; the same change is graded once."""

    @cache
    def grade(old: str = "", new: str = "") -> Report:
        assert old in RIGHT
        return grader.grade(decode_submission("backprop.py", RIGHT.replace(old, new).encode()))

    return grade


def read(data: bytes) -> tuple[TestSuite, dict[str, TestCase]]:
    (suite,) = JUnitXml.fromstring(data)
    return suite, {f"{case.classname}/{case.name}": case for case in suite}


@pytest.mark.parametrize("name", ["html", "markdown", "junit", "github", "gradescope"])
def test_a_format_calls_a_case_what_the_exercise_calls_it(name: str, graded: Graded) -> None:
    report = graded(*SIGN)
    assert report.noun == {"en": "network", "zh": "网络"}
    said = {
        (noun, lang): formats.dump(name, replace(report, noun=nouns), lang, ()).decode()
        for noun, nouns in (("box", {"en": "box", "zh": "盒子"}), ("case", {}))
        for lang in get_args(Lang)
    }
    assert "this box" in said["box", "en"]
    assert "this case" in said["case", "en"]
    assert "盒子" in said["box", "zh"]
    assert "算例" in said["case", "zh"]
    for text in said.values():
        assert not re.search(r"random network|网络上|lesson's network|\{cases?\}", text)


@pytest.mark.parametrize("name", ["markdown", "github", "junit", "gradescope"])
def test_what_has_no_name_in_python_is_named_in_the_readers_language(name: str, graded: Graded) -> None:
    report = replace(graded(*SIGN), fault=Fault(type=str(Verdict.UNREADABLE), message="空的"), steps=None)
    shown = formats.dump(name, report, "zh", (), "a.py").decode()
    assert "无法读取" in shown
    told = [line for line in shown.splitlines() if "空的" in line]
    assert told
    assert [line for line in told if "unreadable" in line and name != "junit"] == []  # its `type` is for programs


@pytest.mark.parametrize("name", ["html", "markdown", "gradescope", "text"])
def test_what_is_right_but_has_no_such_name_is_told_in_words(name: str, graded: Graded) -> None:
    """Else a result would have no value, and nothing would be said of it."""
    report = graded("delta_w_h_o", "step_of_output")
    shown = (
        "\n".join(text_lines(report, "en")) if name == "text" else formats.dump(name, report, "en", (), "a.py").decode()
    )
    assert "The value here is right, but nothing called delta_w_h_o holds it in the end." in unescape(shown)


def test_every_format_has_its_own_ending_and_a_place_in_the_docs() -> None:
    found = endings()
    assert {"yaml", "json", "html", "markdown", "junit", "github", "gradescope", "classroom50"} <= set(found)
    assert len(set(found.values())) == len(found)
    assert {name: import_module(f"graders.reports.{name}").ENDING for name in found} == found
    documented = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert [name for name in found if name not in documented] == []


def test_the_command_line_offers_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_options(["--help"])
    assert ", ".join(endings()) in " ".join(capsys.readouterr().out.split())
    assert parse_options(["a.py", "--format", "html", "--format", "junit"]).format == ["html", "junit"]
    with pytest.raises(UsageError, match="invalid choice: 'reading'"):
        parse_options(["a.py", "--format", "reading"])


def test_a_new_format_is_one_file_as_contributing_shows_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "graders", tmp_path / "graders", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("exercises", "reference"):
        (tmp_path / name).symlink_to(ROOT / name)
    recipe = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("**a format of the report.**")[2]
    source = recipe.partition("```python\n")[2].partition("```")[0]
    (tmp_path / "graders" / "reports" / "line.py").write_text(source, encoding="utf-8")
    arguments = [str(ROOT / "reference" / "backprop.py"), "--format", "line", "--networks", "2", "--lang", "en"]
    grade = "import sys; sys.path.insert(0, '.'); from graders.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", grade, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "backprop.report.txt").read_text(encoding="utf-8") == "backprop.py: 100 / 100, right\n"


def test_what_may_be_chosen_is_found_without_loading_any_format() -> None:
    code = """
import sys
from graders.command.options import parse_options
parse_options(["a.py", "--format", "html"])
print(*sys.modules)
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    heavy = {"msgspec", "numpy", "yaml", "jinja2", "graders.messages", "graders.reports.html"}
    assert heavy & set(loaded.split()) == set()


def test_junit_has_a_passed_case_per_check_of_a_right_submission(graded: Graded) -> None:
    suite, cases = read(junit.dump(graded(), Context("en", path="hw/backprop.py")))
    assert (suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) == ("backprop", 4, 0, 0, 0)
    assert set(cases) == {
        f"backprop.checks/{on}.{result}" for on in ("fixed", "bank") for result in ("delta_w_h_o", "delta_w_i_h")
    }
    assert all(case.is_passed for case in cases.values())
    points = {each.get("name"): each.get("value") for each in suite._elem.iter("property")}
    assert (points["points"], points["max"], points["points.bank.delta_w_i_h"]) == ("100", "100", "40")


def test_junit_says_failure_for_a_wrong_answer_on_the_students_line(graded: Graded) -> None:
    suite, cases = read(junit.dump(graded(*SIGN), Context("en", path="hw/backprop.py")))
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (9, 5, 0, 0)
    wrong = cases["backprop.steps/error"]
    (failure,) = wrong.result
    assert isinstance(failure, Failure)
    assert failure.type == "wrong-value"
    assert "You can see it on this network" in failure.text
    line = next(number for number, text in enumerate(RIGHT.splitlines(), 1) if SIGN[0] in text)
    element = wrong._elem  # junitparser has no accessor for these two
    assert (element.get("file"), element.get("line")) == ("hw/backprop.py", str(line))
    assert cases["backprop.steps/delta_w_i_h"].is_passed


def test_junit_says_error_for_what_stopped_it_and_skipped_for_what_was_not_reached(graded: Graded) -> None:
    suite, cases = read(
        junit.dump(graded("error = target - output", "error = undefined"), Context("en", path="backprop.py"))
    )
    assert all(isinstance(cases[name].result[0], Error) for name in cases if ".checks/" in name)
    assert cases["backprop.steps/hidden_error_term"].is_skipped
    assert (suite.errors, suite.skipped) == (5, 4)


def test_junit_of_a_syntax_error_names_its_line(graded: Graded) -> None:
    _, cases = read(junit.dump(graded("error = target - output", "error = (target"), Context("en", path="backprop.py")))
    assert "SyntaxError" in cases["backprop.checks/fixed.delta_w_h_o"].result[0].text


@settings(max_examples=40)  # each makes a whole report
@given(text=st.text(max_size=50))
def test_junit_is_xml_whatever_a_student_wrote(graded: Graded, text: str) -> None:
    report = cleaned(replace(graded(*SIGN), stdout=text, fault=Fault(type=text, message=text)))
    root = ET.fromstring(formats.dump("junit", report, "zh", (), text))
    assert root.find("testsuite/testcase") is not None


def test_github_annotates_the_wrong_line_with_the_counterexample(graded: Graded) -> None:
    lines = github.dump(graded(*SIGN), Context("en", path="hw/backprop.py")).decode().splitlines()
    number = next(number for number, text in enumerate(RIGHT.splitlines(), 1) if SIGN[0] in text)
    assert lines[0].startswith(
        f"::error file=hw/backprop.py,line={number},title=error::error (line {number}): Your error"
    )
    assert "%0AYou can see it on this network: x = [" in lines[0]
    assert lines[1:] == ["::notice file=hw/backprop.py,title=backprop::0 / 100"]


def test_github_says_only_the_score_of_a_right_submission(graded: Graded) -> None:
    assert github.dump(graded(), Context("en", path="a, b:c%.py")) == (
        b"::notice file=a%2C b%3Ac%25.py,title=backprop::100 / 100\n"
    )


def test_github_names_failed_checks_where_the_report_tells_no_steps(graded: Graded) -> None:
    report = replace(graded(*SIGN), steps=None, counterexample=None)
    lines = github.dump(report, Context("en", path="backprop.py")).decode().splitlines()
    assert [line.partition("::delta")[0] for line in lines[:2]] == [
        "::error file=backprop.py,title=fixed.delta_w_h_o",
        "::error file=backprop.py,title=fixed.delta_w_i_h",
    ]


def test_github_names_no_line_of_a_notebook_but_its_cell(grader: Grader) -> None:
    notebook = {"cells": [{"cell_type": "code", "source": RIGHT.replace(*SIGN)}]}
    report = grader.grade(decode_submission("backprop.ipynb", json.dumps(notebook).encode()))
    first = github.dump(report, Context("en", path="backprop.ipynb")).decode().splitlines()[0]
    assert first.startswith("::error file=backprop.ipynb,title=error::error (cell 1, line ")


@given(text=st.text())
def test_github_takes_no_command_from_a_student(graded: Graded, text: str) -> None:
    fault = Fault(type=f"{text}\n::warning::a", message=f"\r\n::error::{text}", line=3)
    report = cleaned(replace(graded(*SIGN), fault=fault))
    lines = formats.dump("github", report, "en", (), f"{text}::.py").decode()
    assert re.findall(r"(?m)^\s*::(\w+) ", lines) == ["error", "error", "notice"]
    assert len(lines.splitlines()) == 3


"""Gradescope publishes a description, not a schema; this says the same."""


@pytest.mark.parametrize("change", [(), SIGN, ("error = target", "error = undefined"), ("error = target", "error = (")])
def test_gradescope_takes_the_results(graded: Graded, change: tuple[str, ...]) -> None:
    report = graded(*change)
    results = json.loads(gradescope.dump(report, Context("en")))
    jsonschema.validate(results, GRADESCOPE)
    assert results["score"] == sum(test.get("score", 0) for test in results["tests"]) == report.score.points
    assert sum(test.get("max_score", 0) for test in results["tests"]) == 100
    assert results["extra_data"]["report"]["verdict"] == report.verdict


def test_gradescope_gets_no_score_for_what_was_not_graded(grader: Grader) -> None:
    report = grader.not_graded(decode_submission("backprop.py", RIGHT.encode()), "the sandbox broke")
    results = json.loads(gradescope.dump(report, Context("en")))
    assert {"score", "tests"}.isdisjoint(results)
    assert "not the student&#39;s fault" in results["output"] or "not the student's fault" in results["output"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(results, GRADESCOPE)


def test_classroom50_takes_the_result(graded: Graded, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RUNNER.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("REVIEW_URL", raising=False)
    result = json.loads(classroom50.dump(graded(*SIGN), Context("en")))
    tests = result.pop("tests")
    assert result == {
        "schema": "classroom50/result/v1",
        "classroom": "cs101",
        "assignment": "backprop",
        "submission": RUNNER["SUBMISSION_TAG"],
        "commit": RUNNER["COMMIT_URL"],
        "release": RUNNER["RELEASE_URL"],
        "review": RUNNER["COMMIT_URL"],
        "score": 0,
        "max-score": 100,
    }
    assert tests[2] == {
        "test-name": "bank.delta_w_h_o", "passed": False, "score": 0, "max-score": 40, "verdict": "wrong-value",
    }  # fmt: skip
    assert all(type(test[key]) is int for test in tests for key in ("score", "max-score"))


def test_classroom50_outside_its_runner_is_one_clear_line(graded: Graded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLASSROOM", raising=False)
    with pytest.raises(UsageError, match="CLASSROOM is not set"):
        classroom50.dump(graded(), Context("en"))


@pytest.mark.parametrize("name", sorted(set(endings()) - {"classroom50"}))
def test_the_same_report_gives_the_same_bytes(graded: Graded, name: str) -> None:
    report = graded(*SIGN)
    assert report.verdict is Verdict.WRONG_VALUE
    cells = [(None, RIGHT)]
    assert formats.dump(name, report, "en", cells, "a.py") == formats.dump(name, report, "en", cells, "a.py")
