"""In the page: runs one submission with the code that shares a process with it, and knows no answer.

A worker of its own is started for each submission and ended after it. It is locked in by the browser: it has no files
but these, and the page's content security policy names the few addresses it may ask for anything.
"""

import errno
import functools
import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import CodeType
from typing import Any

import numpy
from inside.jobs import read_job, read_setup
from inside.memory_files import HOME
from inside.preloading import preload_always, preload_named, preload_own
from inside.protocol import CONFINED, OUT_OF_MEMORY, read_frame
from inside.running import Answering, answer_requests
from inside.surroundings import REFUSALS, USER
from inside.watching import TICK_S, WATCH
from numpy.linalg import _umath_linalg

_HERE = Path(__file__).parent
_LIBRARIES = tuple(f"{folder}/" for folder in (_HERE, Path(os.__file__).parent, Path(numpy.__file__).parent.parent))
_NEVER_AGAIN: Any = getattr(getattr(sys, "monitoring", None), "DISABLE", None)
_MOST_SHARED = 32
"""So many turns of a loop look at the clock once."""

_SETUP = read_setup((_HERE / "setup.frame").read_bytes())


def _refuse_as_the_walls_do() -> None:
    """Refuse what a kernel's walls refuse, so that the same answers: files in memory, which each run begins without."""

    def refusing(real: Any) -> Any:
        @functools.wraps(real)
        def refuse(*given: Any, **named: Any) -> Any:
            if given and isinstance(given[0], int):  # a descriptor, which is open already
                return real(*given, **named)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        return refuse

    for name in ("builtins", "io", "os"):
        for function in REFUSALS[name]:
            if hasattr(sys.modules[name], function):
                setattr(sys.modules[name], function, refusing(getattr(sys.modules[name], function)))


def _raise_what_has_no_flag() -> None:
    """Report a singular matrix: numpy hears of it by a flag of the processor, which WebAssembly does not have."""

    def reporting(real: Any) -> Any:
        @functools.wraps(real)
        def calculate(*matrices: Any, **named: Any) -> Any:
            found = real(*matrices, **named)
            report: Any = numpy.geterrcall()
            # What cannot be solved is filled with NaN; of what holds some already nothing else can come.
            if report is not None and numpy.isnan(found).any() and all(numpy.isfinite(one).all() for one in matrices):
                report("invalid value", 8)
            return found

        return calculate

    for name in ("inv", "solve", "solve1", "cholesky_lo", "cholesky_up"):
        if hasattr(_umath_linalg, name):  # the last came with numpy 2
            setattr(_umath_linalg, name, reporting(getattr(_umath_linalg, name)))


def _start_no_program() -> None:
    """Refuse programs by the error of the walls: what a script may do after it is decided where that is decided."""
    subprocess: Any = sys.modules.get("subprocess")  # Pyodide has it loaded
    if subprocess is None or subprocess._can_fork_exec:
        return

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    subprocess._can_fork_exec, subprocess._fork_exec = True, refuse


def _await_as_elsewhere() -> None:
    """Give coroutines the loop of any other Python: Pyodide's leaves them to the browser, which runs them later."""
    asyncio: Any = sys.modules.get("asyncio")  # Pyodide has it loaded; it is not for us to do so
    if asyncio is not None:
        asyncio._set_running_loop(None)
        asyncio.set_event_loop_policy(None)


class _Clock:
    """Lets the time of the run's watch go by: a browser has no signals, so turns of loops and returns look at a clock.

    Not each call: at the limit of recursion there is no room for a look, and the error would stand in another line.
    """

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin now: while a worker waits, or after it went on from another one's memory, no time of a run goes by."""
        self._last = perf_counter()
        self._step = self._left = 1

    def watch(self) -> None:
        """Look from now on."""
        monitoring: Any = getattr(sys, "monitoring", None)
        if monitoring is None:  # a Python before 3.12, which no browser has
            return
        events = monitoring.events
        monitoring.use_tool_id(monitoring.DEBUGGER_ID, "grade")
        for event in (events.JUMP, events.PY_RETURN, events.PY_RESUME):
            monitoring.register_callback(monitoring.DEBUGGER_ID, event, self._look)
        monitoring.set_events(monitoring.DEBUGGER_ID, events.JUMP | events.PY_RETURN | events.PY_RESUME)

    def _look(self, code: CodeType, *_: object) -> object:
        self._left -= 1
        if self._left:
            return None
        # Libraries' loops end, and whoever goes round one of their own comes by here; so each place of theirs that is
        # often passed is asked once.
        if code.co_filename.startswith(_LIBRARIES):
            self._left = 1
            return _NEVER_AGAIN
        ticks = int((perf_counter() - self._last) / TICK_S)
        # The clock is a browser's, and slow to ask: fast turns share a look, slow ones do not.
        self._step = self._left = 1 if ticks else min(2 * self._step, _MOST_SHARED)
        if ticks:
            self._last += ticks * TICK_S
            WATCH.advance(ticks, sys._getframe(1))
        return None


os.environ |= {"HOME": HOME, "USER": USER}
_refuse_as_the_walls_do()
_start_no_program()
_await_as_elsewhere()
# As the fork server does it: what a submission finds loaded is the same in both. From here on what was refused is
# answered, and clocks count sleeps, at which nobody waits.
preload_always()
preload_own()
_raise_what_has_no_flag()
_CLOCK = _Clock()
_CLOCK.watch()


class _Held:
    """The job that was run last, which waits for requests: its frame, and what it replied."""

    frame = b""
    reply: tuple[bytes, ...] = ()
    answering: Answering | None = None


_held = _Held()


def answer(frames: bytes, send: Callable[[bytes], object]) -> int:
    """Run a job, and then on the cases of a request; hand each frame of the reply over, and return a status.

    A job that was run already, and waits, is not run again: what it replied is handed over as it was.
    """
    rest = memoryview(frames)

    def read(count: int) -> bytes:
        nonlocal rest
        piece, rest = bytes(rest[:count]), rest[count:]
        return piece

    _CLOCK.start()
    try:
        frame = read_frame(read)
        if _held.answering is None or frame != _held.frame:
            _begin(frame, send)
        else:
            for said in _held.reply:
                send(said)
        if rest and _held.answering is not None:
            answering, _held.answering = _held.answering, None  # until it is known to wait again
            send(answering.send(read_frame(read)))
            _held.answering = answering
    except MemoryError:
        return int(OUT_OF_MEMORY)
    return 0


def _begin(frame: bytes, send: Callable[[bytes], object]) -> None:
    """Run a job, and hold it if it waits for requests."""
    _held.answering = None
    reply: list[bytes] = []

    def say(said: bytes) -> None:
        reply.append(said)
        send(said)

    job = read_job(frame)
    preload_named([*(cell.source for cell in job.cells), *job.modules.values(), _SETUP.beyond.preloads])
    gc.enable()
    # The browser's worker is the wall here; the frame is part of every reply.
    say(CONFINED)
    answering = answer_requests(job, _SETUP, say)
    last = next(answering, None)
    if last is not None:
        say(last)
        _held.frame, _held.reply, _held.answering = frame, tuple(reply), answering
