"""How long a run takes, and its end where that is too long: counted in ticks of processor time.

The timer is set before the process locks itself in; afterwards a submission can neither stop it nor handle its signal.
A tick that finds a run over its limit raises an exception in the student's code, so that what was assigned before still
counts. One that catches everything, or never comes back from a library, is ended with its process: by the system's
limit on processor time, or by the trusted side's clock.

Seconds are the program's own, as with the system's limit: the kernel's time for it is not counted.
"""

import signal
from collections.abc import Set
from itertools import takewhile
from types import FrameType

TICK_S = 0.01  # a kernel that counts in steps of 1/100 s can do no better

_TAIL_TICKS = 3
"""What comes after the last result is slow from here on."""

MOST_RUNS = 2
"""All cases but the fixed example together take at most so many times the limit of one run."""


class TimeLimitExceeded(BaseException):
    """The run took too long; not an Exception, so that `except Exception` does not swallow it."""


class EnoughError(BaseException):
    """All results are there, and what follows is known to be slow and to change none."""


class Watch:
    """Counts ticks, and results as they are assigned; ends a run that `start` began."""

    def __init__(self) -> None:
        self.ticks = 0
        self._last_result: int | None = None  # the tick at which one was assigned
        self._until: int | None = None
        self._is_enough = False
        self._own: Set[str] = frozenset()
        self._half = 0
        self.held: list[tuple[FrameType, set[int]]] = []
        """What has been going on since half the time was over, the outermost first, each with the lines it was at."""
        self.late: list[tuple[str, int]] = []
        """Files and lines, the outermost first, that the run was at when what came after its last result was slow."""

    def set_timer(self) -> None:
        """Let the ticks begin, where the system has them."""
        # Virtual time, which is the process's own: a machine that is busy with others makes nobody too slow.
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGVTALRM, self._tick)
            signal.setitimer(signal.ITIMER_VIRTUAL, TICK_S, TICK_S)

    def start(self, ticks: int, own: Set[str]) -> None:
        """Begin a run of at most so many ticks; `own`: files where it does not end."""
        self._last_result = None
        self._is_enough = False
        self._own = own
        self.held = []
        self.late = []
        self._half = self.ticks + ticks // 2
        self._until = self.ticks + ticks

    def stop(self) -> None:
        """End the run: from now on nothing is raised."""
        self._until = None

    def result(self) -> None:
        """Take note that a result was assigned."""
        self._last_result = self.ticks
        self.late = []

    def slow_tail(self) -> bool:
        """Tell whether the run that has just ended went on for long after its last result."""
        return bool(self.late)

    def end(self, *_: object) -> None:
        """End the run, since it has all its results. Raises EnoughError, and again if that is caught."""
        self._is_enough = True
        raise EnoughError

    def _tick(self, _: int, frame: FrameType | None) -> None:
        self.advance(1, frame)

    def advance(self, ticks: int, frame: FrameType | None) -> None:
        """Count ticks that have gone by, and end the run in this frame if it is time."""
        # Between runs, and in code of ours, an exception would be taken for the grader's own failure.
        self.ticks += ticks
        if self._until is None or frame is None or frame.f_code.co_filename in self._own:
            return
        if self.ticks >= self._half:
            self._hold(frame)
        if self.ticks >= self._until:
            raise TimeLimitExceeded
        if self._is_enough:
            raise EnoughError
        if not self.late and self._is_behind_results():
            self.late = [(each.f_code.co_filename, line) for each, line in _stack_of(frame)]

    def _is_behind_results(self) -> bool:
        return self._last_result is not None and self.ticks - self._last_result >= _TAIL_TICKS

    def _hold(self, frame: FrameType | None) -> None:
        """Keep of what goes on what went on at every tick before: where one tick finds a script is chance."""
        stack = _stack_of(frame)
        if not self.held:
            self.held = [(each, set()) for each, _ in stack]
        # Frames that have ended are let go at once, with the arrays they hold.
        same = takewhile(lambda pair: pair[0][0] is pair[1][0], zip(self.held, stack, strict=False))
        self.held = [(each, lines | {line}) for (each, lines), (_, line) in same]


def _stack_of(frame: FrameType | None) -> list[tuple[FrameType, int]]:
    """Return what goes on in a frame, the outermost first, each with the line it is at."""
    stack = []
    while frame is not None:
        stack.append((frame, frame.f_lineno))
        frame = frame.f_back
    return stack[::-1]


OWN_FILE = Watch.result.__code__.co_filename

WATCH = Watch()
"""The watch of this process."""
