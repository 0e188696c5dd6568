"""The same job with what classes use today: `python -m benchmarks.peers [--quick] [--environments FOLDER]`.

The job: the fixed example and 100 random cases. The peers cannot run an unmodified script on other numbers, so their
tests do it themselves, in process (classroom/rerun.py). Each is run as its users run it where there is no Docker:
Otter with `otter run`, Gradescope's autograder as the command that its container starts. The container is not counted.
A peer that does not install is left out, with the reason.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from benchmarks.batch import grading_way, reference_source, write_class
from benchmarks.measuring import Finding, NotMeasured, Result, compare, show
from benchmarks.single import RIGHT
from benchmarks.tools import CLASSROOM, CORES, GRADER, PYTEST, Tool
from graders.exercise.bank import write_bank
from graders.exercise.loading import root
from graders.session import load_materials


def install(environment: Path, *packages: str) -> Path:
    """Return the folder of an environment's commands, with these packages and our numpy. Raises NotMeasured."""
    commands = environment / "bin"
    if not (environment / "complete").exists():
        _run(sys.executable, "-m", "venv", "--clear", str(environment))
        _run(str(commands / "python"), "-m", "pip", "install", "-q", *packages, f"numpy=={version('numpy')}")
        (environment / "complete").touch()
    return commands


def _run(*command: str) -> None:
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMeasured(str(error)) from error
    if run.returncode:
        raise NotMeasured((run.stderr.strip() or f"{command[0]} failed").splitlines()[-1])


def _version(commands: Path, package: str) -> str:
    asking = f"from importlib.metadata import version; print(version('{package}'))"
    return subprocess.run(
        [commands / "python", "-c", asking], capture_output=True, text=True, check=True
    ).stdout.strip()


def gradescope(environments: Path, work: Path) -> Tool:
    """Return the command of a Gradescope autograder. Raises NotMeasured."""
    commands = install(environments / "gradescope-utils", "gradescope-utils")
    return Tool(
        name=f"gradescope-utils {_version(commands, 'gradescope-utils')}",
        command=lambda _: [str(commands / "python"), str(CLASSROOM / "gradescope_run.py")],
        proof='"score": 100',
        environment=_environment(work),
        remark="student code beside the tests in one process (Gradescope adds a container); assertion text as feedback",
    )


def otter(environments: Path, work: Path) -> Tool:
    """Return `otter run` with an autograder made by `otter generate`. Raises NotMeasured."""
    commands = install(environments / "otter-grader", "otter-grader", "ipykernel")
    tests, autograder = work / "otter" / "tests", work / "otter" / "autograder.zip"
    tests.mkdir(parents=True)
    (tests / "backprop.py").write_bytes((CLASSROOM / "otter_tests.py").read_bytes())
    _run(str(commands / "otter"), "generate", "-t", str(tests), "-o", str(autograder), "--no-environment")

    def command(submission: Path) -> list[str]:
        results = work / "otter" / submission.stem
        results.mkdir(exist_ok=True)
        return [str(commands / "otter"), "run", "--no-logo", "-a", str(autograder), "-o", str(results), str(submission)]

    return Tool(
        name=f"otter run (otter-grader {_version(commands, 'otter-grader')})",
        command=command,
        proof="100.000 / 100.000",
        environment=_environment(work),
        remark="starts a notebook kernel; no isolation (`otter grade` has it, with Docker); assertion text as feedback",
    )


def _environment(work: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(root()), "CASES": str(work / "cases.json")}


PEERS: Mapping[str, Callable[[Path, Path], Tool]] = {"gradescope-utils": gradescope, "otter-grader": otter}


def measure(*, quick: bool = False, environments: Path | None = None) -> Iterator[Result]:
    """Yield one submission, then a class, in each tool. `environments`: where the peers are kept installed."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_bank(work / "cases.json", load_materials("backprop").bank)
        tools = [GRADER, PYTEST]
        for package, make in PEERS.items():
            try:
                tools.append(make(environments or work, work))
            except NotMeasured as reason:
                yield Finding(what=package, found=f"not measured: {reason}")
        for tool in tools:
            tool.prove(RIGHT)
        alone = [tool.alone(RIGHT) for tool in tools]
        yield compare("One submission beside what classes use", alone, rounds=2 if quick else 7)
        submissions = write_class(work / "class", [reference_source()], 100 if quick else 1000)
        few = sorted(submissions.iterdir())[: 2 * CORES]
        ways = [grading_way("grade.py FOLDER", submissions), *(tool.in_class(few) for tool in tools[1:])]
        yield compare("A class beside what classes use, per submission", ways, rounds=1 if quick else 3)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--environments", type=Path, metavar="FOLDER", help="keep the peers' environments here")
    options = parser.parse_args()
    for result in measure(quick=options.quick, environments=options.environments):
        show(result)
