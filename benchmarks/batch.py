"""What grading a class costs, beside its baselines in the same run.

    python -m benchmarks.batch [--large] [--kills N]

Submissions are the reference and the tests' right and wrong samples, each made different by a comment, so that no
report is taken from another submission with the same code. Everything runs with kernel isolation on 100 random
networks, and writes its reports.
"""

import argparse
import ast
import filecmp
import itertools
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import yaml

from graders.answers import Reference
from graders.exercise import load_exercise, root
from graders.networks import get_bank

SAMPLES = root() / "tests" / "submissions" / "backprop"
CLASSROOM = Path(__file__).with_name("classroom.py")
CORES = len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
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


def grade(submissions: Path, reports: Path) -> Cost:
    """Run the command line on a folder."""
    started = time.perf_counter()
    process = subprocess.Popen(grading_command(submissions, reports), cwd=root(), stdout=subprocess.DEVNULL)
    peak_kib = 0
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        peak_kib = max(peak_kib, peak_memory_kib(process.pid))
        time.sleep(0.02)
    wall_s = time.perf_counter() - started
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"grading {submissions} ended with {process.returncode}"
    return Cost(wall_s=wall_s, cpu_s=usage.ru_utime + usage.ru_stime, parent_mib=peak_kib / 1024)


def grading_command(submissions: Path, reports: Path) -> list[str]:
    return [sys.executable, "grade.py", str(submissions), "-o", str(reports), "--quiet"]


def peak_memory_kib(pid: int) -> int:
    """Return a process's peak resident memory. Source: proc(5), status, VmHWM."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def floor_cpu_s(rounds: int = 20) -> float:
    """Return the processor time of running the reference in this process on the fixed example and 100 networks.

    No isolation, no comparison, no report: the script without its givens, compiled once, with the networks' values in
    its namespace, and with its output thrown away.
    """
    exercise = load_exercise("backprop")
    bank = get_bank(exercise, Reference(exercise), seed=0, count=100)
    tree = ast.parse(reference_source())
    tree.body = [node for node in tree.body if not (isinstance(node, ast.Assign) and _assigns(node, exercise.givens))]
    code = compile(tree, "reference", "exec")
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        before = time.process_time()
        for _ in range(rounds):
            for network in (exercise.fixed, *bank.networks):
                exec(code, dict(network))
        return (time.process_time() - before) / rounds


def _assigns(node: ast.Assign, names: Iterable[str]) -> bool:
    return any(isinstance(target, ast.Name) and target.id in names for target in node.targets)


def classroom_s(submissions: Path, count: int) -> float:
    """Return the wall time per submission of pytest with Hypothesis, a process each, as many at once as processors."""
    waiting: Iterator[Path] = iter(sorted(submissions.iterdir())[:count])
    running: list[subprocess.Popen[bytes]] = []
    started = time.perf_counter()
    for path in itertools.chain(waiting, [None] * CORES):
        if len(running) == CORES or path is None:
            assert running.pop(0).wait() == 0, "the classroom's tests fail on a right submission"
        if path is not None:
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(CLASSROOM)]
            environment = {**os.environ, "SUBMISSION": str(path)}
            running.append(subprocess.Popen(command, cwd=root(), stdout=subprocess.DEVNULL, env=environment))
    return (time.perf_counter() - started) / count


def differing_after_kills(submissions: Path, undisturbed: Path, reports: Path, kills: int) -> list[str]:
    """Kill the grading at random moments, let it finish, and return the files that differ from those undisturbed."""
    moments = random.Random(0)
    for _ in range(kills):
        process = subprocess.Popen(grading_command(submissions, reports), cwd=root(), stdout=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.3, 2.0))
        process.kill()
        process.wait()
    grade(submissions, reports)
    names = {path.relative_to(each) for each in (undisturbed, reports) for path in each.rglob("*") if path.is_file()}
    names -= {Path("journal.jsonl")}  # in the order in which the jobs finished
    return sorted(str(name) for name in names if not _same(undisturbed / name, reports / name))


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def main(folder: Path, *, large: bool, kills: int) -> None:
    """Print every figure."""
    print(f"{CORES} processors, kernel isolation, 100 random networks, reports written")
    right = write_class(folder / "right", [reference_source()], 2000)
    cost = grade(right, folder / "right-reports")
    per_second = 2000 / cost.wall_s
    print(f"right submissions         {per_second:.0f} a second")
    varied = write_class(folder / "varied", sample_sources(lambda verdict: verdict == "correct"), 1000)
    print(f"right, in 290 forms       {1000 / grade(varied, folder / 'varied-reports').wall_s:.0f} a second")
    wrong = sample_sources(lambda verdict: verdict in {"wrong-value", "wrong-shape"})
    half = [source for pair in zip(itertools.cycle([reference_source()]), wrong) for source in pair]
    halves = write_class(folder / "half", half, 1000)
    print(f"half wrong, with feedback {1000 / grade(halves, folder / 'half-reports').wall_s:.0f} a second")
    floor = floor_cpu_s()
    print(
        f"processor time            {cost.cpu_s / 2:.2f} ms a submission, {cost.cpu_s / 2000 / floor:.2f} times "
        f"running the script in process ({floor * 1000:.2f} ms; no isolation, comparison or report)"
    )
    each_s = classroom_s(right, 4 * CORES)
    print(
        f"pytest + Hypothesis       {1 / each_s:.2f} a second, in {CORES} processes at a time; the grader is "
        f"{each_s * per_second:.0f} times as fast"
    )
    if kills:
        differing = differing_after_kills(right, folder / "right-reports", folder / "killed-reports", kills)
        print(f"killed {kills} times, resumed  {len(differing)} files differ {' '.join(differing[:5])}")
    if large:
        small = grade(write_class(folder / "small", [reference_source()], 1000), folder / "small-reports")
        big = grade(write_class(folder / "big", [reference_source()], 10_000), folder / "big-reports")
        print(
            f"10,000 beside 1,000       {big.parent_mib:.1f} MiB, {big.parent_mib / small.parent_mib:.2f} times the "
            f"memory; {big.wall_s / 10 / small.wall_s:.2f} times the time per submission"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 10,000 submissions beside 1,000")
    parser.add_argument("--kills", type=int, default=0, help="kill and resume a class of 2,000 so many times")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        main(Path(name), large=options.large, kills=options.kills)
