"""What a person sees in the terminal: the score table, the feedback, and how a class gets on."""

import math
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from graders.command.screen import Field, Screen, TableColumn, broken_lines
from graders.escaping import clean_line
from graders.exercise.joint import in_part
from graders.messages import Lang, say, words_for_case
from graders.outcome import Check, Kind, Report, Row, Verdict
from graders.reports.text import fault_line, feedback_lines, on_text

if TYPE_CHECKING:
    from graders.batch.class_run import ClassResult

_COLOURS = {Kind.RIGHT: "green", Kind.UNGRADED: "yellow"}
_PLAIN_EVERY_S, _BAR_EVERY_S = 5.0, 0.1
_BAR_COLUMNS = 24
_LONGEST_LINE = 4000
# Below the feedback of a file that is watched: where the rest is, how it ran (two), when, and the cursor's line.
_OTHER_LINES = 5
# By so many scripts the time of a class is estimated: fewer say nothing, and after more the estimate comes late.
_FIRST_FEW = 20


def show(report: Report, walls: str, lang: Lang, *, notice: bool) -> None:
    """Print one report. `notice`: say so if the isolation is only `process`."""
    show_table(report, lang)
    show_feedback(report, walls, lang, notice=notice)


def show_table(report: Report, lang: Lang, *, on_clear_screen: bool = False) -> None:
    """Print the table of one report."""
    screen = Screen(sys.stdout)
    if on_clear_screen:
        screen.clear()
    screen.show_table(*_table_of_checks(report, lang))


def show_feedback(report: Report, walls: str, lang: Lang, *, notice: bool, on_one_screen: bool = False) -> None:
    """Print what stands below the table; `on_one_screen`: of it as much as leaves the table on the terminal."""
    screen = Screen(sys.stdout)
    if report.fault is not None:
        _show(screen, fault_line(report.fault, lang), style="red")
    lines = list(feedback_lines(report, lang))
    shown = _fitting(screen, report, lines, lang) if on_one_screen and screen.is_terminal else lines
    for line in shown:
        _show(screen, line)
    if len(shown) < len(lines):
        _show(screen, say(lang, "watch.more"), style="dim")
    if report.grading.isolation == "process" and notice:
        _show(screen, say(lang, "isolation-process"), style="yellow")


def _fitting(screen: Screen, report: Report, lines: list[str], lang: Lang) -> list[str]:
    """Return the first lines, at least one: as many as fit below the table on a screen with what else is said."""
    room = screen.height - _OTHER_LINES - sum(1 for _ in screen.table_lines(*_table_of_checks(report, lang)))
    heights = [len(list(broken_lines(clean_line(line, _LONGEST_LINE), screen.width))) for line in lines]
    fit = sum(total <= room for total in accumulate(heights))
    return lines[: max(1, fit)]


def show_line(line: str) -> None:
    """Print one line beside a report."""
    _show(Screen(sys.stdout), line, style="dim")


def _show(screen: Screen, line: str, style: str = "") -> None:
    """Print one line in which nothing acts."""
    screen.show(clean_line(line, _LONGEST_LINE), style)


def _table_of_checks(report: Report, lang: Lang) -> tuple[str, list[TableColumn], list[list[Sequence[Field]]]]:
    """Return the title, the columns and the rows of a report's table."""
    title = f"{report.exercise} · {report.submission.file}"  # a line that began with the name could be a CI's command
    nouns = words_for_case(report.noun, lang)
    points = Field(f"{report.score.points:g} / {report.score.max:g}", "bold")
    columns = [
        # a name that is cut, or broken in two, is nobody's name
        TableColumn(say(lang, "column.result"), Field(say(lang, "total"), "bold"), is_kept=True),
        TableColumn(say(lang, "column.on", **nouns)),
        TableColumn(say(lang, "column.cases", **nouns), is_right=True, is_kept=True),
        TableColumn(say(lang, "column.verdict"), _verdict(report.verdict, lang)),
        TableColumn(say(lang, "column.points"), points, is_right=True, is_kept=True),
    ]
    return title, columns, list(_row_groups(report, lang))


def _row_groups(report: Report, lang: Lang) -> Iterator[list[Sequence[Field]]]:
    """Yield the rows of the table; where there are parts, those of each below its sum."""
    if not report.parts:
        yield [_row(check, check.result, report, lang) for check in report.checks]
    for part in report.parts:
        start = in_part(part.exercise, "")
        own = [check for check in report.checks if check.result.startswith(start)]
        rows = [_row(check, f"  {check.result.removeprefix(start)}", report, lang) for check in own]
        points = Field(f"{part.points:g} / {part.max:g}")
        yield [[Field(part.exercise), Field(""), Field(""), _verdict(part.verdict, lang), points], *rows]


def _row(check: Check, name: str, report: Report, lang: Lang) -> Sequence[Field]:
    return [
        Field(name),
        Field(on_text(check.on, report, lang)),
        Field(f"{check.passed} / {check.cases}"),
        _verdict(check.verdict, lang),
        Field(f"{check.points:g} / {check.max:g}"),
    ]


def _verdict(verdict: Verdict, lang: Lang) -> Field:
    return Field(say(lang, f"verdict.{verdict}"), _COLOURS.get(verdict.kind, "red"))


class ClassProgress:
    """Progress of a class: a bar on a terminal, a line every few seconds elsewhere."""

    def __init__(self, total: int, lang: Lang, *, quiet: bool) -> None:
        self._screen = Screen(sys.stderr)
        self._has_bar = self._screen.is_terminal and not quiet
        self._total, self._lang, self._quiet = total, lang, quiet
        self._counts = {"right": 0, "wrong": 0, "faults": 0}
        self._timeouts = 0
        self._started = self._shown = time.monotonic()

    def __enter__(self) -> "ClassProgress":
        return self

    def start(self, taken_over: int) -> None:
        """Leave out what an earlier run has graded: it says nothing about the time this one takes."""
        self._total -= taken_over
        if not sum(self._counts.values()):  # the first exercise of several
            self._started = time.monotonic()
        self._draw_bar()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._has_bar:
            self._draw_bar()
            self._screen.show("")  # what comes next stands below it

    def wait(self) -> None:
        """Say that a cluster has no workers yet; whoever forgot to start them would wait for ever."""
        if not self._quiet:
            self._say(say(self._lang, "class.waiting"))

    def add(self, row: Row) -> None:
        """Count a graded submission, and show it if it is time to."""
        key = {Kind.RIGHT: "right", Kind.UNGRADED: "faults"}.get(row.verdict.kind, "wrong")
        self._counts[key] += 1
        self._timeouts += row.verdict is Verdict.TIMEOUT
        if sum(self._counts.values()) == _FIRST_FEW and not self._quiet:
            self._say_estimate()
        if not self._quiet and time.monotonic() - self._shown >= (_BAR_EVERY_S if self._has_bar else _PLAIN_EVERY_S):
            self._shown = time.monotonic()
            if self._has_bar:
                self._draw_bar()
            else:
                self._say(self._line())

    def _draw_bar(self) -> None:
        """Show on a terminal how much is done, in the place of what was shown before."""
        if self._has_bar:
            filled = _BAR_COLUMNS * sum(self._counts.values()) // max(1, self._total)
            self._screen.replace_line(f"{'#' * filled}{'-' * (_BAR_COLUMNS - filled)} {self._line()}")

    def _say(self, line: str) -> None:
        if self._has_bar:
            self._screen.replace_line("")  # the next drawing of the bar comes below the line
        if line:
            _show(self._screen, line)

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
            self._say(say(self._lang, "class.estimate", **values))

    def show_end(self, results: "Sequence[ClassResult]", folder: Path) -> None:
        """Say what came out and where it is: of each exercise, then of the whole class."""
        screen, several = Screen(sys.stdout), len(results) > 1
        for result in results:
            for line in self._about(result, folder / result.exercise if several else folder):
                _show(screen, f"{result.exercise}: {line}" if several else line)
        for result in results:
            if result.missing:
                _show(screen, say(self._lang, "class.missing", count=result.missing))
            for remark in result.remarks:
                _show(screen, f"• {remark.say(self._lang)}")

    def _about(self, result: "ClassResult", folder: Path) -> Iterator[str]:
        if result.restarted_because:
            reasons = ", ".join(reason.say(self._lang) for reason in result.restarted_because)
            yield say(self._lang, "class.restarted", reasons=reasons)
        mean = "–" if result.mean_percent is None else f"{result.mean_percent} %"
        values = {"count": result.submissions, "mean": mean, "not_graded": result.not_graded}
        yield say(self._lang, "class.done", folder=folder, **values)
        if result.taken_over:
            yield say(self._lang, "class.taken-over", count=result.taken_over)
