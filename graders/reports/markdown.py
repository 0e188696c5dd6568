"""Reports as Markdown, for step summaries and comments; every text of a submission is escaped."""

from collections.abc import Iterator

from graders.escaping import markdown
from graders.messages import Lang, say
from graders.outcome import Report, Verdict
from graders.reports.context import Context
from graders.wording import place

ENDING = ".md"


def dump(report: Report, context: Context) -> bytes:
    """Return the report as GitHub-flavoured Markdown; the same report gives the same bytes."""
    return ("\n".join(_lines(report, context.lang)) + "\n").encode("utf-8")


def _lines(report: Report, lang: Lang) -> Iterator[str]:
    score = report.score
    yield f"## {markdown(report.submission.file)}: {score.points:g} / {score.max:g}"
    yield ""
    columns = ("result", "on", "networks", "verdict", "points")
    yield f"| {' | '.join(say(lang, f'column.{column}') for column in columns)} |"
    yield "|---|---|--:|---|--:|"
    for check in report.checks:
        passed, points = f"{check.passed} / {check.networks}", f"{check.points:g} / {check.max:g}"
        verdict = f"{check.verdict.sign} {say(lang, f'verdict.{check.verdict}')}"
        yield f"| `{check.result}` | {say(lang, f'on.{check.on}')} | {passed} | {verdict} | {points} |"
    yield ""
    yield from _feedback(report, lang)
    for note in report.notes:
        yield f"- {markdown(note)}"


def _feedback(report: Report, lang: Lang) -> Iterator[str]:
    if report.fault is not None:
        yield f"**{markdown(report.fault.type)}**{_place(report.fault.line, report.fault.cell, lang)}: "
        yield f"{markdown(report.fault.message)}\n"
    for step in report.steps or ():
        if step.verdict is not Verdict.CORRECT:
            text = step.message or say(lang, f"verdict.{step.verdict}")
            yield f"- **{step.name}**{_place(step.line, step.cell, lang)}: {markdown(text)}"
    example = report.counterexample
    if example is not None:
        network = ", ".join(f"{name} = {value}" for name, value in example.network.items())
        yield "\n" + markdown(say(lang, "counterexample", network=network))
        for key, value in (("expected", example.expected), ("actual", example.actual)):
            yield "- " + markdown(say(lang, key, result=example.result, value=value).strip())
    if report.repair is not None:
        repair = report.repair
        text = say(lang, "repair", step=repair.step, before=repair.before, after=repair.after)
        yield "\n" + markdown(text)


def _place(line: int | None, cell: int | None, lang: Lang) -> str:
    where = place(line, cell, lang)
    return f" ({where})" if where else ""
