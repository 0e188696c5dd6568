"""How much of a report a student is told: each level with those before it."""

from graders.messages import Lang, is_said, say
from graders.outcome import Feedback, Report, Verdict
from graders.reports.joining import bare_note

# Notes that a diagnosis adds.
_OF_DIAGNOSIS = ("forward", "helper", "no-time", "no-diagnosis", "cut-short")


def disclosed(report: Report, feedback: Feedback, lang: Lang) -> Report:
    """Return what a report at this level tells of one that tells more, as if it had been made at this level."""
    steps = report.steps or None
    if not feedback.includes(Feedback.STEPS):
        steps = None
    elif steps is not None and not feedback.includes(Feedback.HINTS):
        # Where it goes wrong, but not why: the level for those who are to find that out by themselves.
        steps = [step.replaced(misconception=None, message=None) for step in steps]
    return report.replaced(
        steps=steps,
        counterexample=report.counterexample if feedback.includes(Feedback.COUNTEREXAMPLE) else None,
        repair=report.repair if feedback.includes(Feedback.REPAIR) else None,
        # A note of the diagnosis says which lines differ: as much as the steps themselves.
        notes=_without_repetition(report, lang)
        if feedback.includes(Feedback.STEPS)
        else _without_diagnosis(report, lang),
    )


def _without_repetition(report: Report, lang: Lang) -> list[str]:
    """Leave out that a result is still None where its step says so."""
    missing = [step.name for step in report.steps or () if step.verdict is Verdict.MISSING]
    said = {say(lang, "still-none", result=name) for name in missing}
    return [note for note in report.notes if note not in said]


def _without_diagnosis(report: Report, lang: Lang) -> list[str]:
    return [
        note
        for note in report.notes
        if not any(is_said(bare_note(note, report, lang), key, lang) for key in _OF_DIAGNOSIS)
    ]
