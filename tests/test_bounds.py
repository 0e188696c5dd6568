"""What one submission can cost, whose fault an end is, and that an ordinary script finds what Python gives it."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from graders.grading import Grader
from graders.messages import say
from graders.opening import Terms, load_materials, open_sandboxed
from graders.outcome import Feedback, Report, Verdict
from graders.sandbox import launch
from graders.sandbox.child import Child
from graders.sandbox.server import KernelSandbox
from graders.submission import decode_submission
from tests.test_walls import children_of, is_locked_in, wait_for

RIGHT = (Path(__file__).parent.parent / "reference" / "backprop.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("target - output", "output - target")
SLEEP = "import time\ntime.sleep({})\n"


@contextmanager
def open_short(*, wall_s: int = 1, networks: int = 1) -> Iterator[tuple[Grader, KernelSandbox]]:
    """Open a grader with a short limit and few networks, that gives all the feedback there is."""
    materials = load_materials("backprop", networks=networks)
    limits = structs.replace(materials.exercise.limits, wall_s=wall_s, cpu_s=1)
    short = structs.replace(materials, exercise=replace(materials.exercise, limits=limits))
    with open_sandboxed(short, Terms(feedback=Feedback.REPAIR)) as (grader, _):
        assert isinstance(grader._sandbox, KernelSandbox)
        yield grader, grader._sandbox


def grade(grader: Grader, source: str) -> Report:
    return grader.grade(decode_submission("a.py", source.encode()))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """The time limit of each run that the grader asks of its sandbox; None is the exercise's own."""
    limits: list[float | None] = []
    run, ask = KernelSandbox.run, KernelSandbox.ask

    def counted_run(self: KernelSandbox, job: bytes, **options: Any) -> Any:
        limits.append(options.get("wall_s"))
        return run(self, job, **options)

    def counted_ask(self: KernelSandbox, job: bytes, request: bytes, **options: Any) -> Any:
        limits.append(options.get("wall_s"))
        return ask(self, job, request, **options)

    monkeypatch.setattr(KernelSandbox, "run", counted_run)
    monkeypatch.setattr(KernelSandbox, "ask", counted_ask)
    return limits


def test_a_slow_submission_is_diagnosed_only_in_what_is_left_of_twice_its_limit(runs: list[float | None]) -> None:
    with open_short() as (grader, _):
        report = grade(grader, SLEEP.format(0.3) + WRONG)
    assert report.verdict is Verdict.WRONG_VALUE
    graded, diagnosed = runs  # and no time for a repair
    assert report.steps is None
    assert say("en", "no-diagnosis") in report.notes
    assert graded is None
    assert diagnosed is not None
    assert diagnosed < 2 * 1 - 2 * 0.3


def test_a_submission_graded_in_two_slow_runs_is_not_diagnosed_and_its_report_says_so(runs: list[float | None]) -> None:
    half_by_chance = "half = 0.5  # like the learnrate\n"
    with open_short() as (grader, _):
        report = grade(grader, SLEEP.format(0.3) + half_by_chance + WRONG)
    assert runs == [None, None]
    assert report.verdict is Verdict.WRONG_VALUE
    assert report.steps is None
    assert say("en", "no-time") in report.notes


def test_a_quick_submission_is_diagnosed_and_repaired(runs: list[float | None]) -> None:
    with open_short(wall_s=9) as (grader, _):
        report = grade(grader, WRONG)
    assert len(runs) == 3
    assert report.repair is not None
    assert say("en", "no-time") not in report.notes


def test_the_clock_runs_on_when_the_pipe_is_closed_but_the_process_goes_on() -> None:
    result, result_end = os.pipe()
    os.close(result_end)
    request_end, requests = os.pipe()
    with subprocess.Popen([sys.executable, "-c", "import time\ntime.sleep(60)"]) as process:
        pidfd = os.pidfd_open(process.pid)
        child = Child(b"", process.pid, pidfd, result, requests)
        said = child.ask(b"anything", 0.2)
        assert (said.data, said.waits, said.out_of_time) == (b"", False, True)
        assert process.wait() == -9
    child.close()
    os.close(request_end)


@contextmanager
def changed_inside(folder: Path, file: str, old: str, new: str) -> Iterator[None]:
    """Start servers from a copy of the sandboxed program in which some code is other code."""
    copy, usual = folder / "inside", launch.INSIDE
    shutil.copytree(usual, copy, ignore=shutil.ignore_patterns("__pycache__"))
    code = (copy / file).read_text(encoding="utf-8")
    assert old in code
    (copy / file).write_text(code.replace(old, new), encoding="utf-8")
    launch.INSIDE = copy
    try:
        yield
    finally:
        launch.INSIDE = usual


def test_a_process_killed_before_it_is_locked_in_is_not_graded(tmp_path: Path) -> None:
    locking_in = "confine(walls, result_fd, request_fd, server_pid, cpu_s=setup.cpu_s"
    with (
        changed_inside(tmp_path, "child.py", locking_in, f"os.kill(os.getpid(), 9)\n        {locking_in}"),
        open_short() as (grader, _),
    ):
        report = grade(grader, RIGHT)
    assert report.verdict is Verdict.NOT_GRADED
    assert "killed from outside" in str(report.fault)


def test_a_process_killed_once_before_it_is_locked_in_is_run_again(tmp_path: Path) -> None:
    locking_in = "confine(walls, result_fd, request_fd, server_pid, cpu_s=setup.cpu_s"
    once = f"mark = {str(tmp_path / 'mark')!r}\n"
    once += "        if not os.path.exists(mark): os.mkdir(mark); os.kill(os.getpid(), 9)\n"
    with (
        changed_inside(tmp_path, "child.py", locking_in, f"{once}        {locking_in}"),
        open_short() as (grader, _),
    ):
        report = grade(grader, RIGHT)
    assert report.verdict is Verdict.CORRECT
    assert (tmp_path / "mark").exists()


WHEN_ASKED = "import builtins, os, time\nbuiltins.count = getattr(builtins, 'count', 0) + 1\nif count > 2:\n    {}\n"
"""Does something on the networks of the diagnosis; those of the grading are two."""


@pytest.mark.parametrize("act", ["time.sleep(9)", "os._exit(0)", "os.write(3, b'junk' * 9)", "while True: pass"])
def test_what_a_script_does_only_when_it_is_diagnosed_costs_its_diagnosis_and_the_report_says_so(act: str) -> None:
    with open_short() as (grader, _):
        report = grade(grader, WRONG + WHEN_ASKED.format(act))
        assert grade(grader, RIGHT).verdict is Verdict.CORRECT
    assert report.verdict is Verdict.WRONG_VALUE
    assert (report.steps, report.counterexample, report.repair) == (None, None, None)
    assert say("en", "no-diagnosis") in report.notes


def test_a_steady_trickle_does_not_put_the_clock_off() -> None:
    frames = "import os\nframes = (b'\\1' + bytes(7) + b'x') * 7000\nwhile True: os.write(1, frames)\n"
    request_end, requests = os.pipe()
    with subprocess.Popen([sys.executable, "-c", frames], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        child = Child(b"", process.pid, os.pidfd_open(process.pid), os.dup(process.stdout.fileno()), requests)
        said = child.ask(b"", 0.15)
        assert (said.out_of_time, said.too_large, process.wait()) == (True, False, -9)
    child.close()
    os.close(request_end)


def test_a_passing_shortage_of_descriptors_leaves_none_open() -> None:
    def open_now() -> int:
        return len(os.listdir("/proc/self/fd"))

    with open_short() as (grader, _):
        assert grade(grader, RIGHT).verdict is Verdict.CORRECT
        before, usual = open_now(), resource.getrlimit(resource.RLIMIT_NOFILE)
        free = os.dup(0)
        os.close(free)
        for room in range(8):
            resource.setrlimit(resource.RLIMIT_NOFILE, (free + room, usual[1]))
            try:
                short = grade(grader, RIGHT).verdict
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, usual)
            assert short in (Verdict.CORRECT, Verdict.NOT_GRADED)
            assert grade(grader, RIGHT).verdict is Verdict.CORRECT
            assert open_now() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's limit on processes does not hold")
def test_at_the_level_process_a_grandchild_that_got_away_is_not_waited_for() -> None:
    away = "import os, time\nif os.fork() == 0:\n    os.setsid(); time.sleep(6); os._exit(0)\n"
    materials = load_materials("backprop", networks=1)
    limits = structs.replace(materials.exercise.limits, wall_s=1, cpu_s=1)
    short = structs.replace(materials, exercise=replace(materials.exercise, limits=limits))
    with open_sandboxed(short, Terms(isolation="process")) as (grader, _):
        started = time.monotonic()
        report = grade(grader, away + "time.sleep(9)\n")
    assert report.verdict is Verdict.TIMEOUT
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1])
def test_a_process_killed_from_outside_is_run_again_and_else_not_graded(number: signal.Signals) -> None:
    with open_short() as (grader, sandbox):
        for times, verdict in ((1, Verdict.CORRECT), (2, Verdict.NOT_GRADED)):
            with killing_children(sandbox, times, number):
                report = grade(grader, SLEEP.format(0.3) + RIGHT)
            assert report.verdict is verdict
        assert "killed from outside" in str(report.fault)
        assert grade(grader, RIGHT).verdict is Verdict.CORRECT


def test_a_server_that_was_started_again_is_tested_again(tmp_path: Path) -> None:
    with open_short() as (grader, sandbox):
        with changed_inside(
            tmp_path, "confinement.py", "deny = (_RETURN, 0, 0, _RET_ERRNO", "deny = (_RETURN, 0, 0, _RET_ALLOW"
        ):
            for _ in range(2):
                sandbox._launched.process.kill()
                report = grade(grader, RIGHT)
                assert report.verdict is Verdict.NOT_GRADED
                assert "other walls than before" in str(report.fault)
        assert grade(grader, RIGHT).verdict is Verdict.CORRECT


def runs_a_submission(process: int) -> bool:
    """Tell a process that runs a slow submission from one that runs the self-test, which ends at once."""
    if is_locked_in(process):
        time.sleep(0.1)
    return is_locked_in(process)


@contextmanager
def killing_children(sandbox: KernelSandbox, times: int, number: signal.Signals) -> Iterator[None]:
    """Kill so many children that run a submission."""
    killed: set[int] = set()

    def find() -> list[int]:
        children = children_of(sandbox._launched.process.pid)
        return [child for child in children if child not in killed and runs_a_submission(child)]

    def kill() -> None:
        while len(killed) < times:
            child = wait_for(find)[0]
            os.kill(child, number)
            killed.add(child)

    killer = threading.Thread(target=kill)
    killer.start()
    yield
    killer.join()


@pytest.mark.parametrize(
    "lines",
    [
        "import sys\nassert len(sys.argv) == 1 and sys.argv[0].endswith('.py')\n",
        "import os, sys\nsys.path.append(os.path.dirname(os.path.abspath(__file__)))\n",
        "import os\nfolder = os.path.dirname(os.path.realpath(__file__))\n",
        "from pathlib import Path\nfolder = Path(__file__).resolve().parent\n",
        "from pathlib import Path\nprint(Path(__file__).stem)\n",
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--rate', default=1)\np.parse_args()\n",
        "import sys\nif len(sys.argv) > 1:\n    raise SystemExit('usage: backprop.py')\n",
        "assert __name__ == '__main__' and __builtins__ and __doc__ is None and __spec__ is None\n",
        "import sys\nassert sys.modules['__main__'].__file__ == __file__\n",
    ],
)
def test_a_script_that_asks_where_and_how_it_was_started_runs(grader: Grader, lines: str) -> None:
    report = grade(grader, lines + RIGHT)
    assert (report.verdict, report.fault) == (Verdict.CORRECT, None)


@pytest.mark.parametrize("change", [("learnrate = 0.5", "learnrate = 0.7"), ("target = 0.6", "target = 0.4")])
def test_a_mistake_is_repaired_although_a_given_has_another_number(change: tuple[str, str]) -> None:
    assert change[0] in WRONG
    with open_short(wall_s=9) as (grader, _):
        repair = grade(grader, WRONG.replace(*change)).repair
    assert repair is not None
    assert (repair.before, repair.after) == ("output - target", "target - output")


def test_time_waiting_for_a_busy_processor_is_not_counted() -> None:
    """Five processes share one processor: each waits most of the time, and none is out of time for that."""
    (processor, *_) = os.sched_getaffinity(0)
    work = f"import os, time\nos.sched_setaffinity(0, {{{processor}}})\n"
    busy = [subprocess.Popen([sys.executable, "-c", f"{work}while True: pass"]) for _ in range(4)]
    request_end, requests = os.pipe()
    script = f"{work}while time.process_time() < 0.2: pass\nos.write(1, bytes(8))\ntime.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        child = Child(b"", process.pid, os.pidfd_open(process.pid), os.dup(process.stdout.fileno()), requests)
        said = child.ask(b"", 0.6)
        for other in busy:
            other.kill()
            other.wait()
        assert (said.waits, said.out_of_time) == (True, False)
        assert child.ask(b"", 0.2).out_of_time  # sleeping is no waiting
        assert process.wait() == -9
    child.close()
    os.close(request_end)
