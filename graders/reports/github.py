"""Reports as workflow commands of GitHub Actions: annotations on the student's own lines.

Source: GitHub's documentation of workflow commands. It shows ten of a kind per step.
"""

from collections.abc import Iterator

from graders.escaping import workflow_command_property, workflow_command_value
from graders.messages import Lang
from graders.outcome import Report, Verdict
from graders.reports.context import Context
from graders.reports.text import check_line, fault_kind, fault_line, file_line, step_texts

ENDING = ".github.txt"

# More would be dropped there without a word.
_AT_MOST = 10

# What is to be mended: title, line of the file, text.
_Problem = tuple[str, int | None, str]


def dump(report: Report, context: Context) -> bytes:
    """Return an error for each thing to mend, and a notice with the score; the path is relative to the repository."""
    lang, path = context.lang, context.path
    lines = [
        _command("error", {"file": path, "line": line, "title": title}, text)
        for title, line, text in list(_to_mend(report, lang))[:_AT_MOST]
    ]
    score = f"{report.score.points:g} / {report.score.max:g}"
    return "".join([*lines, _command("notice", {"file": path, "title": report.exercise}, score)]).encode("utf-8")


def _to_mend(report: Report, lang: Lang) -> Iterator[_Problem]:
    """Yield what stopped the submission, then its wrong steps; without either, the checks that failed."""
    fault, wrong = report.fault, [told for told in step_texts(report, lang) if told[0].verdict.is_wrong]
    if fault is not None:
        yield fault_kind(fault, lang), file_line(fault), fault_line(fault, lang)
    for step, text in wrong:
        yield step.name, file_line(step), text
    if fault is None and not wrong:
        for check in report.checks:
            if check.verdict is not Verdict.CORRECT:
                yield check.id, None, check_line(check, report, lang)


def _command(kind: str, properties: dict[str, str | int | None], message: str) -> str:
    named = (f"{key}={workflow_command_property(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{kind} {','.join(named)}::{workflow_command_value(message)}\n"
