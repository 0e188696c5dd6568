"""What CI systems and learning platforms start: the action's own steps, the scripts and the workflows."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from junitparser import JUnitXml

from tests.support.platforms import GRADESCOPE, RUNNER
from tests.support.sandboxes import RIGHT

ROOT = Path(__file__).parent.parent
SIGN = ("error = target - output", "error = output - target")

GRADE = Path(sys.executable).with_name("grade")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
COMMAND_FILES = ("GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH")
BASH = shutil.which("bash") or "bash"

pytestmark = pytest.mark.skipif(not GRADE.exists(), reason="the package's command is not installed beside Python")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a student's checkout: its modules are named like those that the machinery imports."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for module in ("venv", "secrets", "numpy", "graders", "yaml", "sitecustomize"):
        (folder / f"{module}.py").write_text("from pathlib import Path\nPath(__file__).with_name('RAN').touch()\n")
    return folder


def runner(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a step on GitHub's runner, with the grader installed where the action puts it."""
    installed = tmp_path / "temp" / "grader" / "bin"
    installed.mkdir(parents=True)
    (installed / "grade").symlink_to(GRADE)
    for name in COMMAND_FILES:
        (tmp_path / name).touch()
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "RUNNER_TEMP": str(tmp_path / "temp"),
        **{name: str(tmp_path / name) for name in COMMAND_FILES},
    }


def step(name: str) -> dict[str, Any]:
    return next(step for step in ACTION["runs"]["steps"] if step.get("name") == name)


def run_step(name: str, checkout: Path, env: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as the runner does: a script file, `bash -eo pipefail`, inputs put into `env`."""
    chosen = {key: str(value["default"]) for key, value in ACTION["inputs"].items()} | inputs
    given = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) }}", lambda match: chosen[match[1]], value)
        for key, value in step(name).get("env", {}).items()
    }
    script = checkout.parent / "step.sh"
    script.write_text(step(name)["run"])
    command = [BASH, "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(
        command, cwd=checkout, env={**env, **given}, capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def obeyed(log: str) -> list[str]:
    """Return the lines of a log that GitHub's runner takes for commands: `::` at the start, or `##[` anywhere."""
    found: list[str] = []
    resume: str | None = None
    for line in log.splitlines():
        if resume is not None:
            resume = None if line.strip() == f"::{resume}::" else resume
        elif stop := re.match(r"\s*::stop-commands::(\S+)", line):
            resume = stop[1]
        elif re.match(r"\s*::", line) or "##[" in line:
            found.append(line)
    return found


def test_a_right_submission_is_green_with_summary_and_reports(tmp_path: Path, checkout: Path) -> None:
    (checkout / "backprop.py").write_text(RIGHT)
    done = run_step("Grade", checkout, runner(tmp_path))
    assert done.returncode == 0, done.stderr
    assert obeyed(done.stdout) == ["::notice file=backprop.py,title=backprop::100 / 100"]
    assert (tmp_path / "GITHUB_STEP_SUMMARY").read_text().startswith("## backprop&#46;py: 100 / 100\n")
    reports = tmp_path / "temp" / "reports"
    assert JUnitXml.fromfile(str(reports / "backprop.report.xml")).failures == 0
    assert (reports / "backprop.report.html").is_file()
    assert not (checkout / "RAN").exists()


def test_a_wrong_submission_is_red_and_annotated_in_its_folder(tmp_path: Path, checkout: Path) -> None:
    (checkout / "homework").mkdir()
    (checkout / "homework" / "my answer.py").write_text(RIGHT.replace(*SIGN))
    env, inputs = runner(tmp_path), {"submission": "homework/my answer.py", "lang": "zh"}
    done = run_step("Grade", checkout, env, **inputs)
    assert done.returncode == 1
    assert obeyed(done.stdout)[0].startswith("::error file=homework/my answer.py,line=")
    assert "error" in (tmp_path / "GITHUB_STEP_SUMMARY").read_text()
    assert run_step("Grade", checkout, env, **inputs, **{"pass-mark": "0"}).returncode == 0


def test_a_missing_submission_is_red_and_says_which(tmp_path: Path, checkout: Path) -> None:
    done = run_step("Grade", checkout, runner(tmp_path), submission="nothing.py")
    assert done.returncode == 2
    assert "nothing.py: no such file" in done.stderr
    assert obeyed(done.stdout) == []


def test_an_input_is_never_taken_for_shell_code(tmp_path: Path, checkout: Path) -> None:
    done = run_step("Grade", checkout, runner(tmp_path), submission="$(touch RAN); `touch RAN`.py")
    assert done.returncode == 2
    assert not (checkout / "RAN").exists()


ATTACK = """
import os
for name in ("GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH"):
    for path in (os.environ.get(name), {folder!r} + "/" + name):
        try:
            with open(path, "a") as file:
                file.write("pwned=1\\n")
        except Exception:
            pass
text = "::error::pwned\\n::set-output name=pwned::1\\n##[add-mask]pwned\\n  ::notice::pwned"
print(text)
os.write(1, text.encode()) if {control} else None
raise ValueError(text)
"""


@pytest.mark.parametrize("place", ["end", "start"])
def test_a_submission_cannot_write_to_log_summary_outputs_or_environment(
    tmp_path: Path, checkout: Path, place: str
) -> None:
    attack = ATTACK.format(folder=str(tmp_path), control=False)
    (checkout / "backprop.py").write_text(RIGHT + attack if place == "end" else attack + RIGHT)
    done = run_step("Grade", checkout, runner(tmp_path))
    assert done.returncode == (0 if place == "end" else 1), done.stderr
    assert {line.partition(" ")[0] for line in obeyed(done.stdout)} <= {"::error", "::notice"}
    assert [line for line in obeyed(done.stdout) if not re.match(r"::(error|notice) file=backprop\.py,", line)] == []
    summary = (tmp_path / "GITHUB_STEP_SUMMARY").read_text()
    assert "pwned=1" not in summary
    assert not re.search(r"::error|##\[", summary)
    for name in COMMAND_FILES[1:]:
        assert (tmp_path / name).read_bytes() == b"", name


def test_the_same_attack_succeeds_without_the_sandbox(tmp_path: Path, checkout: Path) -> None:
    env = runner(tmp_path)
    (checkout / "attack.py").write_text(ATTACK.format(folder=str(tmp_path), control=True))
    done = subprocess.run(
        [sys.executable, "-I", "attack.py"], cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
    assert "::error::pwned" in obeyed(done.stdout)
    assert all(b"pwned" in (tmp_path / name).read_bytes() for name in COMMAND_FILES)


@pytest.mark.long
def test_the_action_installs_its_grader(tmp_path: Path, checkout: Path) -> None:
    (checkout / "backprop.py").write_text(RIGHT)
    env = runner(tmp_path)
    shutil.rmtree(tmp_path / "temp" / "grader")
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    installed = run_step("Install the grader", checkout, {**env, **pip, "HOME": os.environ["HOME"]})
    assert installed.returncode == 0, installed.stderr
    assert not (checkout / "RAN").exists()
    assert run_step("Grade", checkout, env).returncode == 0


def test_elsewhere_the_script_only_writes_reports(tmp_path: Path, checkout: Path) -> None:
    (checkout / "backprop.py").write_text(RIGHT.replace(*SIGN))
    env = {name: value for name, value in runner(tmp_path).items() if not name.startswith("GITHUB")}
    env["PATH"] = f"{tmp_path}/temp/grader/bin:{env['PATH']}"
    done = subprocess.run(
        [ROOT / "ci" / "grade.sh", "backprop.py"], cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "stop-commands" not in done.stdout
    assert sorted(path.suffix for path in (checkout / "reports").iterdir()) == [".html", ".md", ".xml", ".yaml"]


def test_links_in_a_checkout_lead_neither_to_the_solution_nor_out_with_reports(tmp_path: Path, checkout: Path) -> None:
    (checkout / "backprop.py").symlink_to(ROOT / "reference" / "backprop.py")
    (checkout / "homework").symlink_to(ROOT / "reference")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").write_text("mine")
    (checkout / "reports").symlink_to(tmp_path / "elsewhere")
    env = {name: value for name, value in runner(tmp_path).items() if not name.startswith("GITHUB")}
    env["PATH"] = f"{tmp_path}/temp/grader/bin:{env['PATH']}"
    for submission, status, said in (("homework/backprop.py", 2, "homework: a link"), ("backprop.py", 1, "a link")):
        command = [str(ROOT / "ci" / "grade.sh"), "--", submission]
        done = subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, said in done.stdout + done.stderr) == (status, True), done.stderr
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["kept"]
    assert not (checkout / "reports").is_symlink()


def test_the_action_follows_no_link(tmp_path: Path, checkout: Path) -> None:
    (checkout / "homework").symlink_to(ROOT / "reference")
    done = run_step("Grade", checkout, runner(tmp_path), submission="homework/backprop.py")
    assert done.returncode == 2
    assert "homework: a link" in done.stderr


def test_gitlabs_job_runs_that_script_and_keeps_its_junit_report() -> None:
    job = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))["grade"]
    assert "ci/grade.sh" in job["script"][-1]
    assert job["artifacts"] == {"when": "always", "paths": ["reports/"], "reports": {"junit": "reports/*.xml"}}


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "action.yml"], ids=lambda path: path.name)
def test_other_peoples_actions_are_pinned_by_hash(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"\./|actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_run_with_no_rights_but_to_read(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML 1.1 reads `on` as true
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] == {"contents": "read"}


@pytest.fixture
def autograder(tmp_path: Path) -> Path:
    """Return the tree that Gradescope mounts at /autograder."""
    root = tmp_path / "autograder"
    (root / "submission").mkdir(parents=True)
    shutil.copytree(ROOT / "integrations" / "gradescope", root / "source")
    return root


def gradescope(autograder: Path, grade: Path = GRADE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [autograder / "source" / "run_autograder"],
        cwd=autograder,
        env={**os.environ, "AUTOGRADER": str(autograder), "GRADE": str(grade), "LANG": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(("name", "points"), [("backprop.py", 100), ("my solution.py", 100), ("deep/backprop.py", 0)])
def test_gradescope_gets_its_results(autograder: Path, name: str, points: int) -> None:
    path = autograder / "submission" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(RIGHT if points else RIGHT.replace(*SIGN))
    done = gradescope(autograder)
    assert done.returncode == 0, done.stderr
    results = json.loads((autograder / "results" / "results.json").read_text(encoding="utf-8"))
    jsonschema.validate(results, GRADESCOPE)
    assert results["score"] == points


@pytest.mark.parametrize("files", [(), ("a.py", "b.py"), ("backprop.py", "backprop.ipynb")])
def test_gradescope_tells_a_student_which_file_to_hand_in(autograder: Path, files: tuple[str, ...]) -> None:
    for name in files:
        (autograder / "submission" / name).write_text(RIGHT)
    assert gradescope(autograder).returncode == 0
    results = json.loads((autograder / "results" / "results.json").read_text(encoding="utf-8"))
    jsonschema.validate(results, GRADESCOPE)
    assert results["output"] == f"Hand in exactly one file, backprop.py or backprop.ipynb; there are {len(files)}."


def test_gradescope_follows_no_link_to_the_answers(autograder: Path) -> None:
    (autograder / "submission" / "backprop.py").symlink_to(ROOT / "reference" / "backprop.py")
    assert gradescope(autograder).returncode == 0
    assert json.loads((autograder / "results" / "results.json").read_text(encoding="utf-8"))["score"] == 0


def test_gradescope_gets_no_results_where_the_grader_is_at_fault(autograder: Path, tmp_path: Path) -> None:
    (autograder / "submission" / "backprop.py").write_text(RIGHT)
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'grade: this system has no kernel sandbox' >&2\nexit 3\n")
    broken.chmod(0o755)
    done = gradescope(autograder, broken)
    assert done.returncode == 3
    assert "not the student's fault" in done.stderr
    assert not (autograder / "results" / "results.json").exists()


def test_classroom50_gets_its_result(checkout: Path) -> None:
    (checkout / "backprop.py").write_text(RIGHT.replace(*SIGN))
    autograder = ROOT / "integrations" / "classroom50" / "autograder.py"
    env = {**os.environ, **RUNNER, "GRADE": str(GRADE)}
    done = subprocess.run(
        [sys.executable, autograder], cwd=checkout, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result = json.loads((checkout / "result.json").read_text())
    assert (result["classroom"], result["score"], result["max-score"]) == ("cs101", 0, 100)
    assert not (checkout / "RAN").exists()


def test_classroom50_hears_of_a_missing_file(checkout: Path) -> None:
    autograder = ROOT / "integrations" / "classroom50" / "autograder.py"
    done = subprocess.run([sys.executable, autograder], cwd=checkout, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "hand in backprop.py or backprop.ipynb\n")
