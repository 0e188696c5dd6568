"""The reports of an exercise's parts, joined to one: a group of checks each, one total."""

from collections.abc import Iterator, Sequence

from graders.exercise.asked import Exercise, total_points
from graders.exercise.bank import Bank
from graders.exercise.joint import in_part
from graders.messages import Lang, is_said, say
from graders.outcome import Check, Counterexample, PartScore, Repair, Report, Score, Step, first_in_precedence

# Said by a part's grader, which does not know that the other exercise is asked for, too.
_NOT_OF_PARTS = "another-exercise"


def joined(exercise: Exercise, bank: Bank, reports: Sequence[Report], lang: Lang) -> Report:
    """Return one report of those of the parts, in their order."""
    first = reports[0]
    points = total_points(report.score.points for report in reports)
    most = exercise.max_points
    return first.replaced(
        exercise=exercise.name,
        score=Score(points=points, max=most, percent=round(100 * points / most, 1)),
        verdict=first_in_precedence([report.verdict for report in reports]),
        checks=[_named_check(report, check) for report in reports for check in report.checks],
        notes=_notes(reports, lang),
        fault=next((report.fault for report in reports if report.fault is not None), None),
        stdout=next((report.stdout for report in reports if report.stdout), ""),
        steps=_steps(reports),
        counterexample=next(filter(None, map(_counterexample, reports)), None),
        repair=next(filter(None, map(_repair, reports)), None),
        noun=dict(exercise.noun),
        parts=[_part_score(report) for report in reports],
        grading=first.grading.replaced(
            exercise_sha256=exercise.sha256,
            cases=len(bank.cases),
            bank_sha256=bank.sha256,
        ),
    )


def joined_if_several(exercise: Exercise, bank: Bank, reports: Sequence[Report], lang: Lang) -> Report:
    """Return the report of an exercise, whether it is made of others or not."""
    return joined(exercise, bank, reports, lang) if exercise.parts else reports[0]


def bare_note(note: str, report: Report, lang: Lang) -> str:
    """Return a note without the name of the part that it is about."""
    starts = (say(lang, "about", what=part.exercise, text="") for part in report.parts)
    return note.removeprefix(next((start for start in starts if note.startswith(start)), ""))


def _notes(reports: Sequence[Report], lang: Lang) -> list[str]:
    """Return what all parts say once, and what one says with its name."""
    common = [note for note in reports[0].notes if all(note in report.notes for report in reports)]
    return [*common, *(note for report in reports for note in _own_notes(report, common, lang))]


def _own_notes(report: Report, common: Sequence[str], lang: Lang) -> Iterator[str]:
    for note in report.notes:
        if note not in common and not is_said(note, _NOT_OF_PARTS, lang):
            yield say(lang, "about", what=report.exercise, text=note)


def _part_score(report: Report) -> PartScore:
    score = report.score
    return PartScore(exercise=report.exercise, points=score.points, max=score.max, verdict=report.verdict)


def _named_check(report: Report, check: Check) -> Check:
    result = in_part(report.exercise, check.result)
    return check.replaced(id=Check.id_of(result, check.on), result=result)


def _steps(reports: Sequence[Report]) -> list[Step] | None:
    found = [(report, step) for report in reports for step in report.steps or ()]
    # None and nothing differ: a right submission has no steps to tell of.
    if all(report.steps is None for report in reports):
        return None
    return [step.replaced(name=in_part(report.exercise, step.name)) for report, step in found]


def _counterexample(report: Report) -> Counterexample | None:
    found = report.counterexample
    return None if found is None else found.replaced(result=in_part(report.exercise, found.result))


def _repair(report: Report) -> Repair | None:
    found = report.repair
    return None if found is None else found.replaced(step=in_part(report.exercise, found.step))
