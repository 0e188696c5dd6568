"""What a person sees in the terminal: the score table and the feedback, through rich (which knows how wide 中文 is)."""

import math
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from graders.batch.rows import Row
from graders.command.printing import broken_lines
from graders.escaping import clean_line
from graders.exercise.joint import in_part
from graders.messages import Lang, say, words_for_case
from graders.outcome import Check, Kind, Report, Verdict
from graders.reports.text import fault_line, feedback_lines, on_text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from graders.batch.class_run import ClassResult

_COLOURS = {Kind.RIGHT: "green", Kind.UNGRADED: "yellow"}
_PLAIN_EVERY_S = 5.0
_LONGEST_LINE = 4000
# Below the feedback of a file that is watched: where the rest is, how it ran (two), when, and the cursor's line.
_OTHER_LINES = 5
# By so many scripts the time of a class is estimated: fewer say nothing, and after more the estimate comes late.
_FIRST_FEW = 20


def show(report: Report, lang: Lang, *, notice: bool) -> None:
    """Print one report. `notice`: say so if the isolation is only `process`."""
    show_table(report, lang)
    show_feedback(report, lang, notice=notice)


def show_table(report: Report, lang: Lang, *, on_clear_screen: bool = False) -> None:
    """Print the table of one report."""
    console = _console()
    if on_clear_screen:
        console.clear()  # nothing is done to what is no terminal
    console.print(_table_of_checks(report, lang))


def show_feedback(report: Report, lang: Lang, *, notice: bool, rest_in: Path | None = None) -> None:
    """Print what stands below the table; `rest_in`: only what leaves the table there, and where the rest is."""
    console = _console()
    if report.fault is not None:
        _print(console, fault_line(report.fault, lang), style="red")
    lines = list(feedback_lines(report, lang))
    shown = lines if rest_in is None or not console.is_terminal else _fitting(console, report, lines, lang)
    for line in shown:
        _print(console, line)
    if len(shown) < len(lines):
        _print(console, say(lang, "watch.more", report=rest_in), style="dim")
    if report.grading.isolation == "process" and notice:
        _print(console, say(lang, "isolation-process"), style="yellow")


def _fitting(console: Console, report: Report, lines: list[str], lang: Lang) -> list[str]:
    """Return the first lines, at least one: as many as fit below the table on a screen with what else is said."""
    room = console.height - _OTHER_LINES - len(console.render_lines(_table_of_checks(report, lang), pad=False))
    heights = [
        len(console.render_lines(Text(_broken(console, clean_line(line, _LONGEST_LINE))), pad=False)) for line in lines
    ]
    fit = sum(total <= room for total in accumulate(heights))
    return lines[: max(1, fit)]


def show_line(line: str) -> None:
    """Print one line beside a report."""
    _print(_console(), line, style="dim")


def _console(*, stderr: bool = False) -> Console:
    """Return what prints: lines are broken between words on a terminal, and nowhere else, where programs read them."""
    console = Console(highlight=False, stderr=stderr)
    console.soft_wrap = not console.file.isatty()  # rich takes a log in colour for a terminal, too
    return console


def _print(console: Console, line: str, style: str | None = None) -> None:
    """Print one line in which nothing acts: no control character, and nothing that rich takes for its markup."""
    console.print(escape(_broken(console, clean_line(line, _LONGEST_LINE))), style=style)


def _broken(console: Console, line: str) -> str:
    """Return a line with the breaks it needs: rich breaks at blanks alone, which leaves Chinese lines half empty."""
    return line if console.soft_wrap else "\n".join(broken_lines(line, console.width))


def _table_of_checks(report: Report, lang: Lang) -> Table:
    title = f"{report.exercise} · {report.submission.file}"  # a line that began with the name could be a CI's command
    table = Table(title=escape(title), title_justify="left", show_footer=True)
    nouns = words_for_case(report.noun, lang)
    points = f"{report.score.points:g} / {report.score.max:g}"
    # a name that is cut, or broken in two, is nobody's name
    table.add_column(say(lang, "column.result"), footer=say(lang, "total"), no_wrap=True, overflow="fold")
    table.add_column(say(lang, "column.on", **nouns), overflow="fold")
    table.add_column(say(lang, "column.cases", **nouns), justify="right", no_wrap=True)
    table.add_column(say(lang, "column.verdict"), footer=_verdict(report.verdict, lang), overflow="fold")
    table.add_column(say(lang, "column.points"), footer=points, justify="right", no_wrap=True)
    for rows in _row_groups(report, lang):
        for row in rows:
            # As texts: rich would look in a plain one for markup and emoji at each of its passes.
            table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
        table.add_section()
    return table


def _row_groups(report: Report, lang: Lang) -> Iterator[list[tuple[str | Text, ...]]]:
    """Yield the rows of the table; where there are parts, those of each below its sum."""
    if not report.parts:
        yield [_row(check, check.result, report, lang) for check in report.checks]
    for part in report.parts:
        start = in_part(part.exercise, "")
        own = [check for check in report.checks if check.result.startswith(start)]
        rows = [_row(check, f"  {check.result.removeprefix(start)}", report, lang) for check in own]
        yield [(part.exercise, "", "", _verdict(part.verdict, lang), f"{part.points:g} / {part.max:g}"), *rows]


def _row(check: Check, name: str, report: Report, lang: Lang) -> tuple[str | Text, ...]:
    return (
        name,
        on_text(check.on, report, lang),
        f"{check.passed} / {check.cases}",
        _verdict(check.verdict, lang),
        f"{check.points:g} / {check.max:g}",
    )


def _verdict(verdict: Verdict, lang: Lang) -> Text:
    return Text(say(lang, f"verdict.{verdict}"), style=_COLOURS.get(verdict.kind, "red"))


class ClassProgress:
    """Progress of a class: a bar on a terminal, a line every few seconds elsewhere."""

    def __init__(self, total: int, lang: Lang, *, quiet: bool) -> None:
        self._console = _console(stderr=True)
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
            _print(self._console, say(self._lang, "class.interrupted"))

    def wait(self) -> None:
        """Say that a cluster has no workers yet; whoever forgot to start them would wait for ever."""
        if not self._quiet:
            _print(self._console, say(self._lang, "class.waiting"))

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
            _print(self._console, self._line())

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
            _print(self._console, say(self._lang, "class.estimate", **values))

    def show_end(self, results: "Sequence[ClassResult]", folder: Path) -> None:
        """Say what came out and where it is: of each exercise, then of the whole class."""
        console, several = _console(), len(results) > 1
        for result in results:
            for line in self._about(result, folder / result.exercise if several else folder):
                _print(console, f"{result.exercise}: {line}" if several else line)
        for result in results:
            if result.missing:
                _print(console, say(self._lang, "class.missing", count=result.missing))
            for remark in result.remarks:
                _print(console, f"• {remark.say(self._lang)}")

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
