"""What grading a class costs, beside its baselines in the same run.

    python -m benchmarks.batch [--quick] [--large] [--kills N]

Submissions are the reference and the tests' right and wrong samples, each made different by a comment, so that no
report is taken from another submission with the same code. Everything runs with kernel isolation on 100 random
cases, and writes its reports.
"""

import argparse
import filecmp
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.classroom.rerun import without_givens
from benchmarks.measuring import Finding, Result, Way, compare, show
from benchmarks.tools import CORES
from graders.exercise.bank import get_bank
from graders.exercise.loading import load_exercise, root
from graders.exercise.reference import Reference

SAMPLES = root() / "tests" / "submissions" / "backprop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What grading a folder cost. `parent_mib`: peak resident memory of the grading process alone."""

    wall_s: float
    cpu_s: float
    parent_mib: float


def reference_source() -> str:
    return (root() / "reference" / "backprop.py").read_text(encoding="utf-8")


def sample_sources(verdicts: Callable[[str], bool]) -> list[str]:
    """Return the samples with these verdicts that are plain UTF-8 scripts and do not wait for a limit."""
    rows = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
    sources = []
    for name, row in rows.items():
        if name.endswith(".py") and verdicts(row["verdict"]):
            try:
                sources.append((SAMPLES / name).read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue
    return sources


def write_class(folder: Path, sources: Iterable[str], count: int) -> Path:
    """Write `count` different submissions that cycle through the sources."""
    folder.mkdir()
    for number, source in zip(range(count), itertools.cycle(sources)):
        (folder / f"student{number:05}.py").write_text(f"{source.rstrip()}\n# {number}\n", encoding="utf-8")
    return folder


def grade(submissions: Path, reports: Path, *options: str) -> Run:
    """Run the command line on a folder."""
    started = time.perf_counter()
    process = subprocess.Popen([*_command(submissions, reports), *options], cwd=root(), stdout=subprocess.DEVNULL)
    peak_kib = 0
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        peak_kib = max(peak_kib, _peak_memory_kib(process.pid))
        time.sleep(0.02)
    wall_s = time.perf_counter() - started
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"grading {submissions} ended with {process.returncode}"
    return Run(wall_s=wall_s, cpu_s=usage.ru_utime + usage.ru_stime, parent_mib=peak_kib / 1024)


def _command(submissions: Path, reports: Path) -> list[str]:
    return [sys.executable, "grade.py", str(submissions), "-o", str(reports), "--quiet"]


def _peak_memory_kib(pid: int) -> int:
    """Return a process's peak resident memory. Source: proc(5), status, VmHWM."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def grading_way(name: str, submissions: Path, seconds_of: Callable[[Run], float] = lambda run: run.wall_s) -> Way:
    """Return the way to grade a folder, its cost divided by the number of files.

    Each time into a folder that is not there yet, as a class is graded: on ext4, replacing a thousand files makes the
    next thousand dearer.
    """
    count = sum(1 for _ in submissions.iterdir())

    def seconds() -> float:
        number = sum(1 for _ in submissions.parent.glob(f"{submissions.name}-reports*"))
        return seconds_of(grade(submissions, submissions.with_name(f"{submissions.name}-reports{number}"))) / count

    return Way(name=name, seconds=seconds)


def floor_cpu_s(rounds: int = 20) -> float:
    """Return the processor time of running the reference in this process on the fixed example and 100 cases.

    The script without its givens, compiled once, with the cases' values in its namespace, its output thrown away.
    """
    exercise = load_exercise("backprop")
    bank = get_bank(exercise, Reference(exercise), seed=0, count=100)
    code = without_givens(reference_source())
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        before = time.process_time()
        for _ in range(rounds):
            for case in (exercise.fixed, *bank.cases):
                exec(code, dict(case))
        return (time.process_time() - before) / rounds


def differing_after_kills(submissions: Path, undisturbed: Path, reports: Path, kills: int) -> list[str]:
    """Kill the grading at random moments, let it finish, and return the files that differ from those undisturbed."""
    moments = random.Random(0)
    for _ in range(kills):
        process = subprocess.Popen(_command(submissions, reports), cwd=root(), stdout=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.3, 2.0))
        process.kill()
        process.wait()
    grade(submissions, reports)
    names = {path.relative_to(each) for each in (undisturbed, reports) for path in each.rglob("*") if path.is_file()}
    return sorted(str(name) for name in names if not _same(undisturbed / name, reports / name))


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def classes(folder: Path, count: int) -> Iterator[Way]:
    """Write classes and yield the way to grade each: right ones, right ones in many forms, half of them wrong."""
    yield grading_way("right", write_class(folder / "right", [reference_source()], count))
    right = sample_sources(lambda verdict: verdict == "correct")
    yield grading_way(f"right, in {len(right)} forms", write_class(folder / "varied", right, count))
    wrong = sample_sources(lambda verdict: verdict in {"wrong-value", "wrong-shape"})
    half = [source for pair in zip(itertools.cycle([reference_source()]), wrong) for source in pair]
    yield grading_way("half wrong, with feedback", write_class(folder / "half", half, count))


def measure(*, quick: bool = False, large: bool = False, kills: int = 5) -> Iterator[Result]:
    """Yield what classes cost, the processor time beside the floor, and whether killed runs end with the same files."""
    count, rounds = (100, 1) if quick else (1000, 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield compare(f"A class of {count} on {CORES} processors", list(classes(folder, count)), rounds)
        right = folder / "right"
        grader = grading_way("grade.py FOLDER", right, lambda run: run.cpu_s)
        remark = "no isolation, comparison or report"
        floor = Way(name="the script alone, in process", seconds=floor_cpu_s, remark=remark)
        yield compare("Processor time for 100 cases, per submission of a class", [grader, floor], rounds)
        if kills:
            differing = differing_after_kills(right, folder / "right-reports0", folder / "killed-reports", kills)
            found = f"{len(differing)} files differ from an undisturbed run {' '.join(differing[:5])}".strip()
            yield Finding(what=f"A class of {count}, killed {kills} times and resumed", found=found)
        if large:
            yield growth(folder)


def growth(folder: Path) -> Finding:
    """Grade ten times as many."""
    small = grade(write_class(folder / "small", [reference_source()], 1000), folder / "small-reports")
    big = grade(write_class(folder / "big", [reference_source()], 10_000), folder / "big-reports")
    memory, time_each = big.parent_mib / small.parent_mib, big.wall_s / 10 / small.wall_s
    found = f"{memory:.2f} times the memory ({big.parent_mib:.0f} MiB), {time_each:.2f} times the time per submission"
    return Finding(what="10,000 submissions beside 1,000", found=found)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small classes, one round")
    parser.add_argument("--large", action="store_true", help="also 10,000 submissions beside 1,000")
    parser.add_argument("--kills", type=int, default=5, help="kill and resume a class so many times")
    options = parser.parse_args()
    for result in measure(quick=options.quick, large=options.large, kills=options.kills):
        show(result)
