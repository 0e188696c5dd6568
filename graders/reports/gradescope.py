"""Reports as Gradescope's results.json. Source: Gradescope's autograder specification."""

from typing import Any

import msgspec

from graders.messages import Lang
from graders.outcome import Check, Report, Step, Verdict
from graders.reports import markdown
from graders.reports.context import Context
from graders.reports.document import document
from graders.reports.text import check_line, on_text, step_texts

ENDING = ".gradescope.json"


def dump(report: Report, context: Context) -> bytes:
    """Return a test with points per check and one without per step; `extra_data` holds the whole report.

    A submission that was not graded has neither a score nor tests, which Gradescope takes for a failure of the
    autograder: no student gets 0 for it.
    """
    lang = context.lang
    results: dict[str, Any] = {"output": markdown.dump(report, context).decode("utf-8"), "output_format": "md"}
    if report.verdict is not Verdict.NOT_GRADED:
        checks = [_check_test(check, report, str(number), lang) for number, check in enumerate(report.checks, 1)]
        # The score stands by itself, so that rounding of the tests' points cannot change it.
        results["score"] = report.score.points
        results["tests"] = [*checks, *(_step_test(*told) for told in step_texts(report, lang))]
    results |= {"visibility": "visible", "stdout_visibility": "hidden", "extra_data": {"report": document(report)}}
    return msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n"


def _check_test(check: Check, report: Report, number: str, lang: Lang) -> dict[str, Any]:
    name = f"{check.result}: {on_text(check.on, report, lang)}"
    points = {"score": check.points, "max_score": check.max, "number": number}
    return {**_as_test(name, check.verdict.passes, check_line(check, report, lang)), **points}


def _step_test(step: Step, text: str) -> dict[str, Any]:
    return _as_test(step.name, step.verdict.passes, text)


def _as_test(name: str, passed: bool, output: str) -> dict[str, Any]:
    status = "passed" if passed else "failed"
    return {"name": name, "status": status, "output": output, "output_format": "text"}
