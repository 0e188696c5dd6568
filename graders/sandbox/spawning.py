"""Level `process`: a fresh process per submission, for systems without the kernel's walls.

It has a time limit, and the limits on memory and processor time that the system knows. It does not keep a submission
from reading files or from the case: use it for code you would run yourself.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from graders.errors import ServerDied
from graders.exercise.content import Limits
from graders.inside.watching import MOST_RUNS
from graders.sandbox.execution import Ending, interpret, require_start
from graders.sandbox.launch import command, environment
from graders.sandbox.reply import Execution
from graders.sandbox.sandbox import Sandbox
from graders.sandbox.wire import MAX_REPLY_BYTES

# A killed process ends sooner than this.
_KILL_S = 1.0


class ProcessSandbox(Sandbox):
    """Runs each job in a process of its own."""

    isolation = "process"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._setup = b""
        self._cases = 0

    def close(self) -> None:
        """Nothing stays behind between two jobs."""

    def prepare(self, setup: bytes, cases: int) -> None:
        """Keep what all submissions share."""
        self._setup, self._cases = setup, cases

    def run(self, job: bytes, *, cases: int | None = None, wall_s: float | None = None) -> Execution:
        """Run one job; `wall_s`: a shorter time limit than the exercise's."""
        return self._run(job, cases or self._cases, 0, wall_s)

    def ask(self, job: bytes, request: bytes, *, cases: int, wall_s: float | None = None) -> Execution:
        """Run a job once more, and then on the cases of a request."""
        return self._run(job + request, self._cases, cases, wall_s)

    def release(self) -> None:
        """Nothing stays behind between two jobs."""

    def _run(self, frames: bytes, cases: int, more: int, wall_s: float | None) -> Execution:
        process = subprocess.Popen(
            command("once", os.getpid()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,  # a group of its own, which can be killed as one
        )
        _RUNNING.add(process)
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            _kill(process)

        limit_s = (1 + MOST_RUNS) * (self._limits.wall_s if wall_s is None else min(wall_s, self._limits.wall_s))
        # A timer, and not a timeout of `communicate`: that would keep a reply of any size.
        clock = threading.Timer(limit_s, stop)
        clock.start()
        try:
            data = _exchange(process, self._setup + frames, limit_s)
            status, cpu_s = _wait(process)
        finally:
            clock.cancel()
            _kill(process)
            process.wait()
            _RUNNING.discard(process)
        too_large = len(data) > MAX_REPLY_BYTES
        ending = Ending(status=status, cpu_s=cpu_s, out_of_time=timed_out.is_set(), too_large=too_large)
        try:
            execution = interpret(data, ending, cases=cases, cpu_limit_s=self._limits.cpu_s, more=more)
        except ServerDied as error:  # which of the two cannot be told, and what may be our fault costs nobody points
            raise ServerDied(f"{error}; at the level process, the script may also have done it itself") from error
        return require_start(execution)


_RUNNING: "set[subprocess.Popen[bytes]]" = set()


@atexit.register
def _end_all() -> None:
    """End what other threads run when the grader ends: a script may have started programs, which outlive it."""
    for process in list(_RUNNING):
        _kill(process)


def _exchange(process: "subprocess.Popen[bytes]", request: bytes, limit_s: float) -> bytes:
    """Write all there is to ask and return the reply; one byte too many where it is too large."""
    assert process.stdin is not None
    assert process.stdout is not None
    pieces: list[bytes] = []
    listener = threading.Thread(target=_listen, args=(process.stdout, pieces), daemon=True)
    listener.start()
    with suppress(OSError):  # it ended before it had read everything; its status tells why
        process.stdin.write(request)
    with suppress(OSError):  # what is still in the buffer cannot be written either, but the descriptor is closed
        process.stdin.close()
    listener.join(limit_s + _KILL_S)  # a grandchild that got away may hold the pipe for ever
    return b"".join(pieces)


def _listen(stream: IO[bytes], pieces: list[bytes]) -> None:
    left = MAX_REPLY_BYTES + 1
    with stream:
        while left and (piece := os.read(stream.fileno(), min(left, 1 << 16))):
            pieces.append(piece)
            left -= len(piece)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and what it started: a grandchild that holds the pipe would keep the reader waiting."""
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):  # not `Popen.kill`, which may take the exit status away from `_wait`
        os.killpg(process.pid, signal.SIGKILL)


def _wait(process: "subprocess.Popen[bytes]") -> tuple[int, float | None]:
    """Return the exit status, and the processor time where the system tells it."""
    if sys.platform == "win32":
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime
