"""A report as one self-contained HTML page: no script, nothing loaded from elsewhere.

Everything that can come from a submission is hostile. Jinja2 escapes each printed value, after `pages.py` has made
control and bidirectional characters visible; neither is left to the templates. A content security policy in the page
forbids scripts and requests even if both should fail.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment
from msgspec import Struct

from graders.escaping import clean_block
from graders.messages import Lang, place, words_for_case
from graders.messages.pages import word
from graders.outcome import Fault, Kind, Repair, Report, Step, Verdict
from graders.reports.context import Context
from graders.reports.page.example import show_example
from graders.reports.page.source import ShownSource, SourcePlace, line_id, list_source
from graders.reports.page.templates import LANGUAGE_TAGS, page_environment
from graders.reports.text import is_verdict

ENDING = ".html"

# No printed value is longer.
_MAX_PRINTED = 20_000

# The kinds of verdicts that look like another one; each other kind has a look of its own.
_LOOKS = {Kind.STOPPED: Kind.WRONG, Kind.UNGRADED: Kind.OPEN}


class _Judgement(Struct, frozen=True, kw_only=True):
    """A verdict in words, with its look and its sign."""

    kind: str
    sign: str
    text: str


class _Position(Struct, frozen=True, kw_only=True):
    """A place in the source in words; `href` where the page shows that line."""

    text: str
    href: str | None


class _StepItem(Struct, frozen=True, kw_only=True):
    step: Step
    judgement: _Judgement
    position: _Position | None
    first: bool


def dump(report: Report, context: Context) -> bytes:
    """Return the page as UTF-8; the same report gives the same bytes."""
    listing = list_source(context.cells, _remarks(report, context.lang))
    page = _report_pages().get_template("report.html.j2")
    return page.render(**_page_values(report, listing, context.lang)).encode("utf-8")


@cache
def _report_pages() -> Environment:
    """Return what makes a report's page from its templates."""
    return page_environment(lambda text: clean_block(text, _MAX_PRINTED))


def _page_values(report: Report, listing: ShownSource, lang: Lang) -> dict[str, Any]:
    nouns = words_for_case(report.noun, lang)

    def say(key: str, **values: object) -> str:
        return word(lang, key, **nouns, **values)

    def judge(verdict: Verdict) -> _Judgement:
        return _judgement(verdict, lang)

    return {
        "word": say,
        "judge": judge,
        "number": _points_text,
        "language": LANGUAGE_TAGS[lang],
        "report": report,
        "fault": _fault_text(report.fault),
        "fault_position": _position(report.fault, listing, lang),
        "steps": _step_items(report.steps, listing, lang),
        "example": _example(report, lang),
        "listing": listing,
        "repair_position": _position(report.repair, listing, lang),
        "grading": _grading(report, lang),
    }


def _judgement(verdict: Verdict, lang: Lang) -> _Judgement:
    kind = verdict.kind
    return _Judgement(kind=_LOOKS.get(kind, kind), sign=verdict.sign, text=word(lang, f"verdict.{verdict}"))


def _points_text(value: float) -> str:
    return f"{value:.10g}"  # 0.1 + 0.2 is 0.3 on paper


def _step_items(steps: Sequence[Step] | None, listing: ShownSource, lang: Lang) -> list[_StepItem]:
    # The one to start with: those below it may be right once it is.
    first = next((step for step in steps or () if step.verdict.is_wrong), None)
    return [
        _StepItem(
            step=step,
            judgement=_judgement(step.verdict, lang),
            position=_position(step, listing, lang),
            first=step is first,
        )
        for step in steps or ()
    ]


def _remarks(report: Report, lang: Lang) -> Mapping[SourcePlace, Sequence[str]]:
    """Return what is said about lines: wrong steps, and what stopped the script."""
    remarks: dict[SourcePlace, list[str]] = {}
    for step in report.steps or ():
        if step.verdict.is_wrong and (spot := _cell_and_line(step)) is not None:
            remarks.setdefault(spot, []).append(f"{step.name}: {word(lang, f'verdict.{step.verdict}')}")
    if report.fault is not None and (spot := _cell_and_line(report.fault)) is not None:
        fault = _fault_text(report.fault)
        remarks.setdefault(spot, []).append(": ".join(filter(None, fault.values())))
    return remarks


def _fault_text(fault: Fault | None) -> dict[str, str]:
    """Return type and message; the type is empty where it is only the verdict again."""
    if fault is None:
        return {}
    # The verdict stands on the page in the reader's language.
    return {"type": "" if is_verdict(fault) else fault.type, "message": fault.message}


def _cell_and_line(of: Fault | Step | Repair | None) -> SourcePlace | None:
    return None if of is None or of.line is None else (of.cell, of.line)


def _position(of: Fault | Step | Repair | None, listing: ShownSource, lang: Lang) -> _Position | None:
    spot = _cell_and_line(of)
    if of is None or spot is None:
        return None
    # A link to a line that is not shown would lead nowhere.
    href = f"#{line_id(spot)}" if line_id(spot) in listing.ids else None
    return _Position(text=place(of.line, of.cell, lang), href=href)


def _example(report: Report, lang: Lang) -> Any:
    found = report.counterexample
    if found is None:
        return None
    # A step without points is a value of units, such as an error term; a result may be the weights between them.
    carries_points = any(check.result == found.result for check in report.checks)
    return show_example(found, of_units=not carries_points, lang=lang)


def _grading(report: Report, lang: Lang) -> list[tuple[str, str]]:
    grading = report.grading
    none = word(lang, "grading.none")
    nouns = words_for_case(report.noun, lang)
    seed = none if grading.seed is None else str(grading.seed)
    return [
        (word(lang, "grading.grader"), grading.grader),
        *sorted(grading.versions.items()),
        (word(lang, "grading.isolation"), grading.isolation),
        (word(lang, "grading.cases", **nouns), str(grading.cases)),
        (word(lang, "grading.seed"), seed),
        (word(lang, "grading.bank", **nouns), grading.bank_sha256),
        (word(lang, "grading.exercise"), grading.exercise_sha256),
        (word(lang, "grading.submission"), report.submission.sha256 or none),
    ]
