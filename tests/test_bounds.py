"""What can one submission cost, and whose fault is an end? And an ordinary script finds what Python gives it."""

import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graders.grading import Grader
from graders.judging.diagnosis import SEARCH_S
from graders.messages import say
from graders.outcome import Feedback, Verdict
from graders.reports.disclosing import disclosed
from graders.sandbox.child import Child, _kept_waiting_s
from graders.sandbox.server import KernelSandbox
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import read_submission
from tests.support.sandboxes import RIGHT, WRONG, changed_inside, grade_text, killing_children, open_short

SLEEP = "import time\nend = time.perf_counter() + {}\nwhile time.perf_counter() < end: pass\n"


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


@pytest.mark.long
def test_a_slow_submission_is_diagnosed_in_twice_its_limit_and_the_searchs_own_time(runs: list[float | None]) -> None:
    with open_short(wall_s=2) as (grader, _):
        report = grade_text(grader, SLEEP.format(0.6) + WRONG)
    assert report.verdict is Verdict.WRONG_VALUE
    graded, *diagnosed = runs
    assert graded is None
    left = [each for each in diagnosed if each is not None]
    assert len(left) == len(diagnosed)
    most = 2 * 2 - 2 * 0.6
    assert left[0] < most
    assert all(each < most + SEARCH_S for each in left)


def test_a_quick_submission_is_diagnosed_and_repaired(runs: list[float | None]) -> None:
    with open_short(wall_s=9) as (grader, _):
        report = grade_text(grader, WRONG)
    assert runs[0] is None
    assert len(runs) > 2
    assert report.repair is not None
    assert say("en", "no-time") not in report.notes


def test_a_machine_that_takes_long_costs_a_quick_submission_no_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    late, now = [0.0], time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: now() + late[0])
    with open_short(wall_s=9) as (grader, _):
        run = grader._sandbox.run

        def run_late(*given: Any, **named: Any) -> Any:
            execution = run(*given, **named)
            late[0] += 100
            return execution

        monkeypatch.setattr(grader._sandbox, "run", run_late)
        report = grade_text(grader, WRONG)
    assert report.steps
    assert say("en", "no-time") not in report.notes


@pytest.mark.parametrize("name", ["wrong/delta_ho_plain_error.py", "wrong/missing_template_untouched.py"])
def test_what_is_wrong_on_the_lessons_numbers_is_not_read_in_another_way(
    name: str, runs: list[float | None], grader: Grader, submissions: Path
) -> None:
    report = grader.grade(read_submission(submissions / "backprop" / name))
    assert report.score.points < 100
    assert runs.count(None) == 1


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


def test_a_process_killed_before_it_is_locked_in_is_not_graded(tmp_path: Path) -> None:
    locking_in = "confine(walls, result_fd, request_fd, server_pid, cpu_s=setup.cpu_s"
    with (
        changed_inside(tmp_path, "child.py", locking_in, f"os.kill(os.getpid(), 9)\n        {locking_in}"),
        open_short() as (grader, _),
    ):
        report = grade_text(grader, RIGHT)
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
        report = grade_text(grader, RIGHT)
    assert report.verdict is Verdict.CORRECT
    assert (tmp_path / "mark").exists()


WHEN_ASKED = "import builtins, os, time\nbuiltins.count = getattr(builtins, 'count', 0) + 1\nif count > 2:\n    {}\n"
"""Does something on the cases of the diagnosis; those of the grading are two."""


def test_junk_on_the_cases_of_the_diagnosis_costs_it_and_the_report_says_so() -> None:
    with open_short(wall_s=5) as (grader, _):
        report = grade_text(grader, WRONG + WHEN_ASKED.format("os.write(3, b'junk' * 9)"))
        assert grade_text(grader, RIGHT).verdict is Verdict.CORRECT
    assert report.verdict is Verdict.WRONG_VALUE
    assert (report.counterexample, report.repair) == (None, None)
    assert any(note.startswith("We could not tell which step is wrong") for note in report.notes)


@pytest.mark.parametrize("count", [3, 6])  # the script is looked at, and other values are tried in it
def test_junk_on_a_later_request_leaves_what_is_known_and_the_report_says_so(count: int) -> None:
    later = WHEN_ASKED.replace("count > 2", f"count > {count}").format("os.write(3, b'junk' * 9)")
    with open_short(wall_s=5) as (grader, _):
        report = grade_text(grader, WRONG + later)
        usual = grade_text(grader, WRONG + WHEN_ASKED.format("pass"))
    note = say("en", "cut-short")
    assert report.verdict is Verdict.WRONG_VALUE
    assert report.steps
    assert (note in report.notes, note in usual.notes) == (True, False)
    assert note not in disclosed(report, Feedback.SCORE, "en").notes


@pytest.mark.parametrize(
    "when",
    [
        "hasattr(builtins, '_grader_repair')",  # an edit is tried
        "builtins.count > 30",  # small networks are looked at, after those of the bank
    ],
)
def test_what_was_lost_beside_the_line_is_told_too(when: str) -> None:
    is_right_on_the_lesson = RIGHT.replace("= target - output", "= target - output + (target != 0.6) * 0.1")
    with open_short(wall_s=5) as (grader, _):
        report = grade_text(
            grader,
            is_right_on_the_lesson + WHEN_ASKED.replace("count > 2", when).format("os.write(3, b'junk' * 9)"),
        )
        usual = grade_text(grader, is_right_on_the_lesson + WHEN_ASKED.format("pass"))
    assert [step.line for step in report.steps or ()] == [step.line for step in usual.steps or ()]
    assert (say("en", "cut-short") in report.notes, say("en", "cut-short") in usual.notes) == (True, False)


def test_a_steady_trickle_does_not_put_the_clock_off() -> None:
    frames = "import os\nframes = (b'\\1' + bytes(7) + b'x') * 7000\nwhile True: os.write(1, frames)\n"
    request_end, requests = os.pipe()
    with subprocess.Popen([sys.executable, "-c", frames], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        child = Child(b"", process.pid, os.pidfd_open(process.pid), os.dup(process.stdout.fileno()), requests)
        select.select([process.stdout], [], [])
        # So short that the bound on bytes is not reached first, however fast the machine is.
        said = child.ask(b"", 0.05)
        assert (said.out_of_time, said.too_large, process.wait()) == (True, False, -9)
    child.close()
    os.close(request_end)


def test_a_passing_shortage_of_descriptors_leaves_none_open() -> None:
    def open_now() -> int:
        return len(os.listdir("/proc/self/fd"))

    with open_short() as (grader, _):
        assert grade_text(grader, RIGHT).verdict is Verdict.CORRECT
        before, usual = open_now(), resource.getrlimit(resource.RLIMIT_NOFILE)
        free = os.dup(0)
        os.close(free)
        for room in range(8):
            resource.setrlimit(resource.RLIMIT_NOFILE, (free + room, usual[1]))
            try:
                short = grade_text(grader, RIGHT).verdict
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, usual)
            assert short in (Verdict.CORRECT, Verdict.NOT_GRADED)
            assert grade_text(grader, RIGHT).verdict is Verdict.CORRECT
            assert open_now() == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's limit on processes does not hold")
def test_at_the_level_process_a_grandchild_that_got_away_is_not_waited_for() -> None:
    # Nothing that fills memory: what stops it there would go on as the script's own process does.
    away = "import os\nif os.fork() == 0:\n    os.setsid()\n    for _ in range(10**9): pass\n    os._exit(0)\n"
    materials = load_materials("backprop", cases=1)
    limits = replace(materials.exercise.limits, wall_s=1, cpu_s=1)
    short = replace(materials, exercise=replace(materials.exercise, limits=limits))
    with open_sandboxed(short, Terms(isolation="process")) as grader:
        started = time.monotonic()
        report = grade_text(grader, away + "while True: pass\n")
    assert report.verdict is Verdict.TIMEOUT
    assert time.monotonic() - started < 30


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1])
def test_a_process_killed_from_outside_is_run_again_and_else_not_graded(number: signal.Signals) -> None:
    with open_short(wall_s=12) as (grader, sandbox):
        for times, verdict in ((1, Verdict.CORRECT), (2, Verdict.NOT_GRADED)):
            with killing_children(sandbox, times, number):
                report = grade_text(grader, SLEEP.format(0.8) + RIGHT)
            assert report.verdict is verdict
        assert "killed from outside" in str(report.fault)
        assert grade_text(grader, RIGHT).verdict is Verdict.CORRECT


def test_a_server_that_was_started_again_is_tested_again(tmp_path: Path) -> None:
    with open_short() as (grader, sandbox):
        with changed_inside(
            tmp_path, "confinement.py", "deny = (_RETURN, 0, 0, _RET_ERRNO", "deny = (_RETURN, 0, 0, _RET_ALLOW"
        ):
            for _ in range(2):
                os.kill(sandbox.server_pid, signal.SIGKILL)
                report = grade_text(grader, RIGHT)
                assert report.verdict is Verdict.NOT_GRADED
                assert "other walls than before" in str(report.fault)
        assert grade_text(grader, RIGHT).verdict is Verdict.CORRECT


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
    report = grade_text(grader, lines + RIGHT)
    assert (report.verdict, report.fault) == (Verdict.CORRECT, None)


@pytest.mark.parametrize("change", [("learnrate = 0.5", "learnrate = 0.7"), ("target = 0.6", "target = 0.4")])
def test_a_mistake_is_repaired_although_a_given_has_another_number(change: tuple[str, str]) -> None:
    assert change[0] in WRONG
    with open_short(wall_s=9) as (grader, _):
        repair = grade_text(grader, WRONG.replace(*change)).repair
    assert repair is not None
    assert (repair.before, repair.after) == ("output - target", "target - output")


@contextmanager
def child_that(script: str) -> Iterator[Child]:
    """Run a script as a child whose result pipe is its standard output."""
    request_end, requests = os.pipe()
    with subprocess.Popen([sys.executable, "-S", "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        child = Child(b"", process.pid, os.pidfd_open(process.pid), os.dup(process.stdout.fileno()), requests)
        yield child
        child.kill()
    child.close()
    os.close(request_end)


def test_the_clock_gives_back_the_time_a_process_was_kept_waiting_but_not_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers_late = "import os, time\ntime.sleep(1.2)\nos.write(1, bytes(8))\ntime.sleep(60)"
    with child_that(answers_late) as child:
        assert child.ask(b"", 1).out_of_time  # sleeping is no waiting
    monkeypatch.setattr("graders.sandbox.child._kept_waiting_s", lambda _: time.monotonic())
    with child_that(answers_late) as child:
        assert child.ask(b"", 1).waits
        started = time.monotonic()
        assert child.ask(b"", 0.2).out_of_time
        assert 0.6 <= time.monotonic() - started < 30


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this kernel does not tell")
def test_a_process_that_shares_its_processor_is_seen_to_be_kept_waiting() -> None:
    (processor, *_) = os.sched_getaffinity(0)
    busy = f"import os\nos.sched_setaffinity(0, {{{processor}}})\nwhile True: pass"
    with child_that(busy) as one, child_that(busy) as other:
        deadline = time.monotonic() + 20
        while min(_kept_waiting_s(child.pid) for child in (one, other)) < 0.05:
            assert time.monotonic() < deadline
