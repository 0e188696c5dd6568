"""Commands that grade one submission in a process of its own: the grader, and what it is measured beside."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import NotMeasured, Way
from graders.exercise.loading import root

CORES = len(os.sched_getaffinity(0))
CLASSROOM = Path(__file__).with_name("classroom")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A command for one file; `proof` stands in its output if a right file got full marks. `remark`: what it omits."""

    name: str
    command: Callable[[Path], Sequence[str]]
    proof: str
    environment: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""

    def start(self, submission: Path, output: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
        """Start grading a file."""
        environment = {**os.environ, **self.environment, "SUBMISSION": str(submission)}
        return subprocess.Popen(
            self.command(submission), cwd=root(), env=environment, stdout=output, stderr=subprocess.STDOUT, text=True
        )

    def prove(self, submission: Path) -> None:
        """Grade a right file once. Raises NotMeasured unless it gets full marks: a failure is quick, too."""
        process = self.start(submission, subprocess.PIPE)
        printed, _ = process.communicate(timeout=120)
        if process.returncode or self.proof not in printed:
            raise NotMeasured(f"{self.name} does not give the reference full marks: {printed[-200:].strip()}")

    def alone(self, submission: Path) -> Way:
        """Return the way to grade one file."""

        def seconds() -> float:
            started = time.perf_counter()
            self.start(submission).wait()
            return time.perf_counter() - started

        return Way(name=self.name, seconds=seconds, remark=self.remark)

    def in_class(self, submissions: Sequence[Path]) -> Way:
        """Return the way to grade several files, a process each, as many at once as processors."""

        def seconds() -> float:
            started, running = time.perf_counter(), list[subprocess.Popen[str]]()
            for submission in submissions:
                if len(running) == CORES:
                    running.pop(0).wait()
                running.append(self.start(submission))
            for process in running:
                process.wait()
            return (time.perf_counter() - started) / len(submissions)

        return Way(name=f"{self.name}, {CORES} at once", seconds=seconds, remark=self.remark)


GRADER = Tool(
    name="grade.py",
    command=lambda submission: [sys.executable, "grade.py", str(submission), "-o", os.devnull],
    proof="100 / 100",
)
SCRIPT = Tool(
    name="python submission.py",
    command=lambda submission: [sys.executable, str(submission)],
    proof="",
    remark="runs the script once, on its own numbers; grades nothing",
)
PYTEST = Tool(
    name="pytest + Hypothesis",
    command=lambda _: [
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        str(CLASSROOM / "hypothesis_test.py"),
    ],
    proof="2 passed",
    remark="no isolation; a test that reruns the code is the instructor's to write; assertion text as feedback",
)
