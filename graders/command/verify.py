"""Is a report what this grader gives? Grade the submission again as the report says it was graded, and compare.

Compared is what was graded (file, exercise, cases) and what came out (points, verdicts, steps, fault). Wording is
not: a report does not record its language. Versions and isolation are circumstances, named but no difference.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graders.command.options import BELOW_PASS_MARK, OK, Options
from graders.command.preparation import load_all, named_terms
from graders.command.printing import print_lines
from graders.errors import SandboxError, UsageError
from graders.escaping import cut
from graders.exercise.bank import Bank
from graders.exercise.loading import exercise_names, load_exercise
from graders.messages import Lang, locale_lang, message, say
from graders.outcome import Feedback, Grading, Report, Verdict
from graders.records import Record
from graders.reports.reading import read_report
from graders.session import AnyMaterials, load_any, open_any
from graders.submission import read_submission

# A forged report may differ in everything; who reads this has seen enough by then.
_MAX_LISTED = 20
_NONE = "–"


class _Difference(Record):
    """A field of the report, by its path: what the report claims, and what was found."""

    field: str
    claimed: str
    found: str


class _Verification(Record):
    """What grading again came to. `circumstances`: other versions or isolation, which need not change a result.

    `is_on_terms`: whether exercise and cases are the caller's, and not just the report's own choice.
    """

    report: Report
    is_on_terms: bool
    differences: list[_Difference]
    circumstances: list[_Difference]

    @property
    def is_genuine(self) -> bool:
        """True if the report says what the caller's own grading would say."""
        return self.is_on_terms and not self.differences

    def lines(self, lang: Lang) -> Iterator[str]:
        """Yield what there is to say about it."""
        file, score = self.report.submission.file, self.report.score
        key = "verify.differs" if self.differences else "verify.same"
        yield say(lang, key, file=file, points=f"{score.points:g}", max=f"{score.max:g}")
        yield self._terms(lang)
        for key, items in (("verify.difference", self.differences), ("verify.circumstance", self.circumstances)):
            for item in items[:_MAX_LISTED]:
                yield say(lang, key, field=item.field, claimed=item.claimed, found=item.found)

    def _terms(self, lang: Lang) -> str:
        """Say what the report's points were earned on; a student may have chosen it."""
        grading = self.report.grading
        seed = _NONE if grading.seed is None else str(grading.seed)
        key = "verify.terms" if self.is_on_terms else "verify.own-terms"
        return say(lang, key, exercise=self.report.exercise, seed=seed, count=grading.cases)


def run_verify(options: Options) -> int:
    """Grade the submission of a report again, say what differs, and return the exit status."""
    if len(options.submissions) != 1:
        raise UsageError(message("usage.one-report-for-verify", count=len(options.submissions)))
    found = _verified(options.verify, Path(options.submissions[0]), options)
    print_lines(found.lines(options.lang or locale_lang()))
    return OK if found.is_genuine else BELOW_PASS_MARK


def _verified(report_path: Path, submission_path: Path, options: Options) -> _Verification:
    """Grade again, on the bank named, the `cases.json` beside the report, or that of its seed.

    Whatever was graded on, the report is genuine only on the caller's terms: exercise, and bank or else seed and
    cases. The bank beside a report, and the seed in it, are what a student may have chosen. The caller's exercise is
    used if the report names it; it may be a path, which a report's own word never is.
    Raises UsageError if the report is none or its cases cannot be had; SandboxError if it cannot be graded.
    """
    claimed = read_report(report_path)
    name = _exercise(claimed.exercise, options.exercise)
    callers = load_all(options)[0] if Path(options.exercise).name == claimed.exercise else None
    if callers is not None and (options.bank is not None or _claims(claimed.grading, callers.bank)):
        materials = callers
    else:
        materials = _own_materials(claimed, report_path, name, options.bank)
    submission = read_submission(submission_path)
    # Enough to compare steps and misconceptions; what costs more than these is not compared.
    terms = named_terms(options, may_fall_back=True).replaced(feedback=Feedback.HINTS)
    with open_any(materials, terms) as grader:
        report = grader.grade(submission)
    if report.verdict is Verdict.NOT_GRADED and report.fault is not None:
        raise SandboxError(report.fault.message)
    is_on_terms = callers is not None and callers.bank.sha256 == materials.bank.sha256
    return _verification(claimed, report, is_on_terms=is_on_terms)


def _claims(grading: Grading, bank: Bank) -> bool:
    return (grading.bank_sha256, grading.seed) == (bank.sha256, bank.seed)


def _own_materials(claimed: Report, path: Path, exercise: str, bank_path: Path | None) -> AnyMaterials:
    """Return the exercise and cases that the report itself says it was graded on."""
    grading, beside = claimed.grading, path.with_name("cases.json")
    bank_path = bank_path or (beside if beside.is_file() else None)
    if bank_path is None and grading.seed is None:
        raise UsageError(message("usage.verify-bank", path=str(path)))
    asked = load_exercise(exercise)
    parts = asked.parts or [asked]
    # Those written by hand come on top; of several parts each has as many as the others.
    drawn = (grading.cases - sum(len(part.cases) for part in parts)) // len(parts)
    return load_any(exercise, seed=grading.seed or 0, cases=drawn, bank_path=bank_path)


def _exercise(claimed: str, callers: str) -> str:
    """Return which exercise to load. It is trusted and the report is not, so only the caller leads outside ours."""
    if Path(callers).name == claimed:
        return callers
    if claimed not in exercise_names():
        raise UsageError(message("usage.verify-exercise", name=repr(claimed)))
    return claimed


def _verification(claimed: Report, found: Report, *, is_on_terms: bool) -> _Verification:
    """Compare field by field. Steps and misconceptions are compared where the report's level tells them."""
    names_misconceptions = any(step.misconception for step in claimed.steps or ())
    told = {"steps": claimed.steps is not None, "misconceptions": names_misconceptions}
    return _Verification(
        report=found,
        is_on_terms=is_on_terms,
        differences=_differences(dict(_compared_fields(claimed, **told)), dict(_compared_fields(found, **told))),
        circumstances=_differences(dict(_circumstances(claimed)), dict(_circumstances(found))),
    )


def _compared_fields(report: Report, *, steps: bool, misconceptions: bool) -> Iterator[tuple[str, Any]]:
    yield "submission.sha256", report.submission.sha256
    yield "exercise", report.exercise
    yield "grading.exercise_sha256", report.grading.exercise_sha256
    yield "grading.bank_sha256", report.grading.bank_sha256
    yield "grading.cases", report.grading.cases
    yield "score", f"{report.score.points:g} / {report.score.max:g}"
    yield "score.percent", report.score.percent
    yield "verdict", report.verdict
    for check in report.checks:
        counts = f"{check.passed} / {check.cases}, {check.points:g} / {check.max:g}"
        yield f"checks.{check.id}", f"{check.verdict}, {counts}"
    if report.fault is not None:
        # Without the message: it is in a language, which a report does not record.
        yield "fault", f"{report.fault.type}, line {report.fault.line or _NONE}"
    for step in (report.steps or ()) if steps else ():
        named = (step.misconception,) if misconceptions and step.misconception else ()
        yield f"steps.{step.name}", ", ".join((str(step.verdict), f"line {step.line or _NONE}", *named))


def _circumstances(report: Report) -> Iterator[tuple[str, str]]:
    yield "grading.grader", report.grading.grader
    yield "grading.isolation", report.grading.isolation
    for name, version in report.grading.versions.items():
        yield f"grading.versions.{name}", version


def _differences(claimed: dict[str, Any], found: dict[str, Any]) -> list[_Difference]:
    """Return what differs; the claimed side is a stranger's text."""
    return [
        _Difference(
            field=cut(field, 80),
            claimed=cut(str(claimed.get(field, _NONE)), 100),
            found=cut(str(found.get(field, _NONE)), 100),
        )
        for field in [*found, *(field for field in claimed if field not in found)]
        if claimed.get(field) != found.get(field)
    ]
