"""What a person sees in the terminal: the score table and the feedback, through rich (which knows how wide 中文 is)."""

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from graders.command.printing import broken_lines
from graders.escaping import clean_line
from graders.exercise.joint import in_part
from graders.messages import Lang, say, words_for_case
from graders.outcome import Check, Kind, Report, Verdict
from graders.reports.text import fault_line, feedback_lines, on_text

_COLOURS = {Kind.RIGHT: "green", Kind.UNGRADED: "yellow"}
_LONGEST_LINE = 4000
# Below the feedback of a file that is watched: where the rest is, how it ran (two), when, and the cursor's line.
_OTHER_LINES = 5


def show(report: Report, lang: Lang, *, notice: bool) -> None:
    """Print one report. `notice`: say so if the isolation is only `process`."""
    show_table(report, lang)
    show_feedback(report, lang, notice=notice)


def show_table(report: Report, lang: Lang, *, on_clear_screen: bool = False) -> None:
    """Print the table of one report."""
    console = open_console()
    if on_clear_screen:
        console.clear()  # nothing is done to what is no terminal
    console.print(_table_of_checks(report, lang))


def show_feedback(report: Report, lang: Lang, *, notice: bool, rest_in: Path | None = None) -> None:
    """Print what stands below the table; `rest_in`: only what leaves the table there, and where the rest is."""
    console = open_console()
    if report.fault is not None:
        print_line(console, fault_line(report.fault, lang), style="red")
    lines = list(feedback_lines(report, lang))
    shown = lines if rest_in is None or not console.is_terminal else _fitting(console, report, lines, lang)
    for line in shown:
        print_line(console, line)
    if len(shown) < len(lines):
        print_line(console, say(lang, "watch.more", report=rest_in), style="dim")
    if report.grading.isolation == "process" and notice:
        print_line(console, say(lang, "isolation-process"), style="yellow")


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
    print_line(open_console(), line, style="dim")


def open_console(*, stderr: bool = False) -> Console:
    """Return what prints: lines are broken between words on a terminal, and nowhere else, where programs read them."""
    console = Console(highlight=False, stderr=stderr)
    console.soft_wrap = not console.file.isatty()  # rich takes a log in colour for a terminal, too
    return console


def print_line(console: Console, line: str, style: str | None = None) -> None:
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
