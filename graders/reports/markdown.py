"""Reports as Markdown, for step summaries and comments; every text of a submission is escaped."""

from collections.abc import Iterator

from graders.escaping import markdown
from graders.messages import Lang, at, say, words_for_case
from graders.outcome import Report
from graders.reports.context import Context
from graders.reports.text import (
    example_lines,
    fault_kind,
    on_text,
    part_lines,
    repair_line,
    step_message,
    told_steps,
)

ENDING = ".md"


def dump(report: Report, context: Context) -> bytes:
    """Return the report as GitHub-flavoured Markdown; the same report gives the same bytes."""
    return ("\n".join(_markdown_lines(report, context.lang)) + "\n").encode("utf-8")


def _markdown_lines(report: Report, lang: Lang) -> Iterator[str]:
    score = report.score
    yield "## " + say(lang, "about", what=markdown(report.submission.file), text=f"{score.points:g} / {score.max:g}")
    yield ""
    if report.parts:
        yield from (f"- {markdown(line)}" for line in part_lines(report, lang))
        yield ""
    columns = ("result", "on", "cases", "verdict", "points")
    nouns = words_for_case(report.noun, lang)
    yield f"| {' | '.join(say(lang, f'column.{column}', **nouns) for column in columns)} |"
    yield "|---|---|--:|---|--:|"
    for check in report.checks:
        passed, points = f"{check.passed} / {check.cases}", f"{check.points:g} / {check.max:g}"
        verdict = f"{check.verdict.sign} {say(lang, f'verdict.{check.verdict}')}"
        yield f"| `{check.result}` | {on_text(check.on, report, lang)} | {passed} | {verdict} | {points} |"
    yield ""
    yield from _feedback(report, lang)
    for note in report.notes:
        yield f"- {markdown(note)}"


def _feedback(report: Report, lang: Lang) -> Iterator[str]:
    if report.fault is not None:
        what = at(lang, f"**{markdown(fault_kind(report.fault, lang))}**", report.fault.line, report.fault.cell)
        yield say(lang, "about", what=what, text="")
        yield f"{markdown(report.fault.message)}\n"
    for step in told_steps(report):
        what = at(lang, f"- **{step.name}**", step.line, step.cell)
        yield say(lang, "about", what=what, text=markdown(step_message(step, lang)))
    if report.counterexample is not None:
        # The case is a sentence, what was expected and what came out are a list below it.
        case, *values = example_lines(report, lang)
        yield "\n" + markdown(case)
        yield from ("- " + markdown(value.strip()) for value in values)
    if report.repair is not None:
        yield "\n" + markdown(repair_line(report.repair, lang))
