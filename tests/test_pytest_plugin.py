"""A submission under pytest: a test for each step and check, graded in the sandbox and never imported."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.sandboxes import RIGHT, WRONG, need_kernel_sandbox

IMPORTED = "\nimport pathlib\npathlib.Path('imported').touch()\n"
STEPS = ["error", "output_error_term", "hidden_error_term", "delta_w_h_o", "delta_w_i_h"]
OTHERS = [word for name in ("hypothesispytest", "xdist", "cov", "anyio") for word in ("-p", f"no:{name}")]
"""Plugins that take as long to load as the grading takes."""
TESTS = [f"step.{name}" for name in STEPS]
TESTS += [f"{on}.{name}" for on in ("fixed", "bank") for name in ("delta_w_h_o", "delta_w_i_h")]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    need_kernel_sandbox()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, submission: str = "backprop.py", lang: str = "C.UTF-8") -> tuple[int, str]:
    """Run pytest as its users do, with the plugin found by its entry point."""
    environment = {**os.environ, "LC_ALL": lang, "COLUMNS": "200"}
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *OTHERS, "-W", "error", "--submission", submission, "-v", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def outcomes(text: str) -> dict[str, str]:
    """Return what -v says of each test."""
    lines = [line.split("::")[1].split() for line in text.splitlines() if "::" in line and "%]" in line]
    return {words[0]: words[1] for words in lines}


def write(source: str, name: str = "backprop.py") -> None:
    Path(name).write_text(source, encoding="utf-8")


def test_all_steps_and_checks_of_a_right_submission_pass() -> None:
    write(RIGHT)
    status, text = run()
    assert (status, outcomes(text)) == (0, dict.fromkeys(TESTS, "PASSED"))


def test_the_wrong_step_fails_with_its_feedback_and_those_after_it_pass() -> None:
    write(WRONG)
    status, text = run("-rP")
    assert status == 1
    expected = dict.fromkeys(TESTS, "FAILED") | dict.fromkeys(TESTS[1:5], "PASSED")
    assert outcomes(text) == expected
    assert "\nerror (line 30): Your error has the opposite sign." in text
    assert "\n  error should be " in text
    assert "\ndelta_w_i_h (random networks, 0 / 100): wrong values\n" in text
    assert "output_error_term (line 33): This step is right for the values you had. Fix error" in text
    assert "pytest_plugin.py" not in text.partition("= FAILURES =")[2].partition("short test summary")[0]


def test_what_was_not_reached_is_skipped() -> None:
    write(RIGHT.replace("error * output * (1 - output)", "undefined"))
    status, text = run()
    found = outcomes(text)
    assert (status, found["step.error"], found["step.output_error_term"]) == (1, "PASSED", "FAILED")
    assert [found[f"step.{name}"] for name in STEPS[2:]] == ["SKIPPED"] * 3
    assert "line 33: NameError: name 'undefined' is not defined" in text
    write("error = (")
    found = outcomes(run()[1])
    assert [found[name] for name in TESTS] == ["SKIPPED"] * 5 + ["FAILED"] * 4


@pytest.mark.parametrize("arguments", [["--doctest-modules"], ["backprop.py"], ["--doctest-modules", "backprop.py"]])
def test_pytest_never_imports_the_submission(arguments: list[str]) -> None:
    write(RIGHT + IMPORTED)
    assert outcomes(run(*arguments)[1]) == dict.fromkeys(TESTS, "PASSED")  # the results were there before
    assert not Path("imported").exists()


@pytest.mark.long
def test_selection_listing_and_stopping_work() -> None:
    write(WRONG)
    assert list(outcomes(run("-k", "bank or step.error")[1])) == ["step.error", *TESTS[-2:]]
    assert list(outcomes(run("backprop.py::bank.delta_w_i_h")[1])) == ["bank.delta_w_i_h"]
    assert list(outcomes(run("-x")[1])) == ["step.error"]
    status, text = run("--collect-only", "-q", "-q")
    assert (status, [line.partition("::")[2] for line in text.splitlines()[: len(TESTS)]]) == (0, TESTS)


def test_junit_xml_holds_the_feedback() -> None:
    write(WRONG)
    run("--junitxml", "junit.xml")
    cases = list(ElementTree.parse("junit.xml").iter("testcase"))
    assert [case.get("name") for case in cases] == TESTS
    failure = cases[0].find("failure")
    assert failure is not None
    assert "Your error has the opposite sign." in (failure.text or "")


def test_tests_of_ones_own_are_run_beside_it_if_they_are_named() -> None:
    write(RIGHT)
    write("def test_mine():\n    pass\n", "test_mine.py")
    assert "test_mine" not in outcomes(run()[1])
    assert list(outcomes(run("test_mine.py")[1])) == ["test_mine", *TESTS]


def test_a_notebook_another_exercise_and_chinese_work() -> None:
    write(json.dumps({"cells": [{"cell_type": "code", "source": WRONG}]}), "mine.ipynb")
    assert "error（第 1 个代码单元第 30 行）：" in run(submission="mine.ipynb", lang="zh_CN.UTF-8")[1]
    reference = Path(__file__).parent.parent / "reference" / "one_hidden_unit.py"
    assert run("--exercise", "one_hidden_unit", submission=str(reference))[0] == 0


def test_a_fault_of_ours_is_an_error_and_no_failure() -> None:
    write(RIGHT)
    write(
        "from graders.grading import Grader\nfrom graders.errors import SandboxError\n"
        "def fail(*_): raise SandboxError('the sandbox is gone')\nGrader._run = fail\n",
        "failing.py",
    )
    status, text = run("-p", "failing")
    assert (status, outcomes(text)) == (1, dict.fromkeys(TESTS, "ERROR"))
    assert "the sandbox is gone" in text


def test_the_callers_mistakes_are_said_in_one_line() -> None:
    status, text = run(submission="nothing.py")
    assert (status, text.strip()) == (4, "ERROR: --submission nothing.py: no such file")
    write(RIGHT)
    status, text = run("--exercise", "nothing")
    assert status == 2
    assert "unknown exercise 'nothing'; there are: affine_layers, backprop, backprop_records, " in text


def test_without_the_option_nothing_heavy_is_loaded() -> None:
    write("import sys\ndef test_it():\n    assert not {'numpy', 'msgspec', 'rich', 'graders.errors'} & set(sys.modules)\n    assert 'graders.pytest_plugin' in sys.modules\n", "test_it.py")  # fmt: skip  # noqa: E501
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:hypothesispytest", "-p", "no:cov", "test_it.py"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\nlog_file = written\n"),
        pytest.param(
            "pyproject.toml", "[tool.pytest.ini_options]\naddopts = '--junitxml=written'\n", marks=pytest.mark.long
        ),
        pytest.param("tox.ini", "[pytest]\npythonpath = .\n", marks=pytest.mark.long),
    ],
)
def test_a_configuration_that_may_have_come_with_the_submission_is_refused(name: str, text: str) -> None:
    Path("sub").mkdir()
    write(RIGHT, "sub/backprop.py")
    write(text, name)
    status, said = run(submission="sub/backprop.py")
    assert status == 4
    assert f"{name}: configures pytest" in said
    assert not Path("written").exists()
    status, said = run("-c", os.devnull, submission="sub/backprop.py")
    assert (status, set(outcomes(said).values())) == (0, {"PASSED"})


def test_a_conftest_beside_the_submission_is_not_run() -> None:
    write(RIGHT)
    write("open('ran', 'w').close()\n", "conftest.py")
    Path("sub").mkdir()
    write(RIGHT, "sub/backprop.py")
    write("open('ran', 'w').close()\n", "sub/conftest.py")
    for submission in ("backprop.py", "sub/backprop.py"):
        status, text = run(submission=submission)
        assert (status, set(outcomes(text).values())) == (0, {"PASSED"})
    assert not Path("ran").exists()
