"""What a person sees in the terminal: the score table and the feedback, through rich (which knows how wide 中文 is)."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graders.messages import Lang, say
from graders.outcome import Check, Fault, Report, Verdict


def show(report: Report, walls: str, lang: Lang, *, notice: bool) -> None:
    """Print one report. `notice`: say so if the isolation is only `process`."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(_table(report, lang))
    if report.fault is not None:
        console.print(f"[red]{escape(fault_line(report.fault, lang))}[/red]")
    for note in report.notes:
        console.print(f"• {escape(note)}")
    if report.grading.isolation == "process" and notice:
        console.print(f"[yellow]{escape(say(lang, 'isolation-process'))}[/yellow]")


def _table(report: Report, lang: Lang) -> Table:
    title = f"{report.submission.file} · {report.exercise}"
    table = Table(title=escape(title), title_justify="left", show_footer=True)
    points = f"{report.score.points:g} / {report.score.max:g}"
    table.add_column(say(lang, "column.result"), footer=say(lang, "total"))
    table.add_column(say(lang, "column.on"))
    table.add_column(say(lang, "column.networks"), justify="right")
    table.add_column(say(lang, "column.verdict"), footer=_verdict(report.verdict, lang))
    table.add_column(say(lang, "column.points"), footer=points, justify="right")
    for check in report.checks:
        table.add_row(*_row(check, lang))
    return table


def _row(check: Check, lang: Lang) -> tuple[str, ...]:
    return (
        check.result,
        say(lang, f"on.{check.on}"),
        f"{check.passed} / {check.networks}",
        _verdict(check.verdict, lang),
        f"{check.points:g} / {check.max:g}",
    )


def _verdict(verdict: Verdict, lang: Lang) -> str:
    colour = "green" if verdict is Verdict.CORRECT else "yellow" if verdict is Verdict.NOT_GRADED else "red"
    return f"[{colour}]{say(lang, f'verdict.{verdict}')}[/{colour}]"


def fault_line(fault: Fault, lang: Lang) -> str:
    """Return one line about what stopped a submission, with its place."""
    place = ""
    if fault.line is not None and fault.cell is not None:
        place = say(lang, "cell-line", cell=fault.cell, line=fault.line)
    elif fault.line is not None:
        place = say(lang, "line", line=fault.line)
    return f"{place}: {fault.type}: {fault.message}" if place else f"{fault.type}: {fault.message}"
