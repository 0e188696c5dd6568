"""How a class gets on, and what came of it, on the terminal."""

import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graders.batch.rows import Row
from graders.command.terminal import open_console, print_line
from graders.messages import Lang, say
from graders.outcome import Kind, Verdict

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from graders.batch.class_run import ClassResult

_PLAIN_EVERY_S = 5.0
# By so many scripts the time of a class is estimated: fewer say nothing, and after more the estimate comes late.
_FIRST_FEW = 20


class ClassProgress:
    """Progress of a class: a bar on a terminal, a line every few seconds elsewhere."""

    def __init__(self, total: int, lang: Lang, *, quiet: bool) -> None:
        self._console = open_console(stderr=True)
        self._total, self._lang, self._quiet = total, lang, quiet
        self._counts = {"right": 0, "wrong": 0, "faults": 0}
        self._timeouts = 0
        self._started = self._shown = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> "ClassProgress":
        if self._console.is_terminal and not self._quiet:
            from rich.progress import BarColumn, Progress, TextColumn

            # How long it takes stands in the description.
            self._bar = Progress(
                BarColumn(bar_width=None), TextColumn("{task.description}"), console=self._console, expand=True
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total)
        return self

    def start(self, taken_over: int) -> None:
        """Leave out what an earlier run has graded: it says nothing about the time this one takes."""
        self._total -= taken_over
        if not sum(self._counts.values()):  # the first exercise of several
            self._started = time.monotonic()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=self._total, description=self._line())

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        if kind is KeyboardInterrupt and not self._quiet:
            print_line(self._console, say(self._lang, "class.interrupted"))

    def wait(self) -> None:
        """Say that a cluster has no workers yet; whoever forgot to start them would wait for ever."""
        if not self._quiet:
            print_line(self._console, say(self._lang, "class.waiting"))

    def add(self, row: Row) -> None:
        """Count a graded submission, and show it if it is time to."""
        key = {Kind.RIGHT: "right", Kind.UNGRADED: "faults"}.get(row.verdict.kind, "wrong")
        self._counts[key] += 1
        self._timeouts += row.verdict is Verdict.TIMEOUT
        if sum(self._counts.values()) == _FIRST_FEW and not self._quiet:
            self._say_estimate()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=self._line())
        elif not self._quiet and time.monotonic() - self._shown >= _PLAIN_EVERY_S:
            self._shown = time.monotonic()
            print_line(self._console, self._line())

    def _line(self) -> str:
        done = sum(self._counts.values())
        rate = done / max(1e-9, time.monotonic() - self._started)  # at the very first there is no time to divide by
        values = {"done": done, "total": self._total, "rate": f"{rate:.0f}", **self._counts}
        if not done:
            return say(self._lang, "class.progress", **values)
        return say(self._lang, "class.progress-left", minutes=self._minutes_left(), **values)

    def _minutes_left(self) -> int:
        """Return how long the rest takes by what has been so far, scripts included that ran into their time limit."""
        done = sum(self._counts.values())
        return math.ceil((self._total - done) / done * (time.monotonic() - self._started) / 60)

    def _say_estimate(self) -> None:
        """Say once how long a class takes; of less than a minute or two nobody needs to be told."""
        if (minutes := self._minutes_left()) > 1:
            values = {"total": self._total, "minutes": minutes, "done": _FIRST_FEW, "timeouts": self._timeouts}
            print_line(self._console, say(self._lang, "class.estimate", **values))

    def show_end(self, results: "Sequence[ClassResult]", folder: Path) -> None:
        """Say what came out and where it is: of each exercise, then of the whole class."""
        console, several = open_console(), len(results) > 1
        for result in results:
            for line in self._about(result, folder / result.exercise if several else folder):
                print_line(console, f"{result.exercise}: {line}" if several else line)
        for result in results:
            if result.missing:
                print_line(console, say(self._lang, "class.missing", count=result.missing))
            for remark in result.remarks:
                print_line(console, f"• {remark.say(self._lang)}")

    def _about(self, result: "ClassResult", folder: Path) -> Iterator[str]:
        if result.restarted_because:
            reasons = ", ".join(reason.say(self._lang) for reason in result.restarted_because)
            yield say(self._lang, "class.restarted", reasons=reasons)
        percent = result.mean_percent
        mean = "–" if percent is None else say(self._lang, "class.percent", percent=percent)
        values = {"count": result.submissions, "mean": mean, "not_graded": result.not_graded}
        yield say(self._lang, "class.done", folder=folder, **values)
        if result.to_check:
            yield say(self._lang, "class.to-check", count=result.to_check)
        if result.taken_over:
            yield say(self._lang, "class.taken-over", count=result.taken_over)
