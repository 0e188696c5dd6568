"""What must hold before a new exercise is written: its solution is right, its template is not, mistakes are caught."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.changes import CHOICE
from graders.authoring.mutants import Mutant, Tried, tried
from graders.authoring.telling import Telling, telling_cases
from graders.errors import ExerciseError
from graders.exercise.asked import Exercise
from graders.exercise.bank import DEFAULT_SEED, Bank, get_bank
from graders.exercise.marks import marks_in
from graders.exercise.reference import Reference, load_reference
from graders.exercise.template import script_template
from graders.inside.parsing import parse_module
from graders.judging.comparison import RIGHT, compare
from graders.outcome import Feedback, Report
from graders.session import Materials, Terms, open_sandboxed
from graders.submission import decode_submission

_LEAST = 0.95
"""Of the mutants that the bank must catch."""


class Weak(ExerciseError):
    """Too many mistakes would pass; `missed`: examples of them."""

    def __init__(self, message: str, missed: Sequence[Mutant]) -> None:
        self.missed = missed
        super().__init__(message)


class Blind(ExerciseError):
    """Mistakes would pass that `telling` cases tell apart."""

    def __init__(self, telling: Sequence[Telling]) -> None:
        self.telling = telling
        super().__init__("the drawn cases hide mistakes")


class Free(ExerciseError):
    """The template has points for `results`, which need nothing that a TODO asks for."""

    def __init__(self, message: str, results: Sequence[str]) -> None:
        self.results = results
        super().__init__(message)


def prove(exercise: Exercise, lesson: Mapping[str, Any], ordered: Sequence[tuple[str, str]]) -> list[Mutant]:
    """Raise ExerciseError unless the solution has full marks, the template none, and the bank catches mistakes.

    Return the mutants without one side of a choice that no case tells apart.

    `lesson`: the results that the solution as it stands, run once, leaves. `ordered`: givens of which the first is
    always below the second.
    """
    reference = load_reference(exercise)
    # The cheapest proof first; mutants, by far the dearest, only for what has passed all others.
    _compare_with_script(exercise, reference, lesson)
    bank = get_bank(exercise, reference, seed=DEFAULT_SEED, count=exercise.drawing.count)
    _check_points(Materials(exercise=exercise, reference=reference, bank=bank))
    return _prove_strength(exercise, reference, bank, ordered)


def _compare_with_script(exercise: Exercise, reference: Reference, lesson: Mapping[str, Any]) -> None:
    """Refuse an exercise whose results are not those of the script: a line that matters is no part of it."""
    right = reference.values(exercise.fixed)
    for step in exercise.results:
        if not step.exactly and compare(right[step.name], np.asarray(lesson[step.name], np.float64)) != RIGHT:
            raise ExerciseError(
                f"{step.name}: what the exercise computes is not what the script leaves; "
                "a line that changes it stands where it is not run again"
            )


def _check_points(materials: Materials) -> None:
    """Raise ExerciseError if the solution has not all points, or the template some."""
    exercise = materials.exercise
    # The template bears the name under which students hand it in.
    texts = {"solution.py": exercise.reference_source, f"{exercise.name}.py": script_template(exercise)}
    # Points only: a diagnosis of the template would draw banks of its own and take longer than all the rest.
    terms = Terms(isolation=None, fallback=True, feedback=Feedback.SCORE)
    with open_sandboxed(materials, terms) as grader:
        reports = [grader.grade(decode_submission(name, text.encode())) for name, text in texts.items()]
    solution, template = reports
    if solution.score.points < solution.score.max:
        raise ExerciseError(
            f"its own solution gets {solution.score.points:g} of {solution.score.max:g} points: {_why(solution)}"
        )
    if template.score.points:
        free = list(dict.fromkeys(check.result for check in template.checks if check.points))
        raise Free(
            f"the template, in which all TODOs are open, gets {template.score.points:g} points for {', '.join(free)}; "
            "put a TODO above what they are computed by, or do not assign them below the calls",
            free,
        )


def _why(report: Report) -> str:
    wrong = next((check for check in report.checks if check.points < check.max), None)
    if wrong is None:
        return report.verdict
    fault = f" ({report.fault.message})" if report.fault is not None else ""
    return f"{wrong.result} is {wrong.verdict}{fault}"


def _prove_strength(
    exercise: Exercise, reference: Reference, bank: Bank, ordered: Sequence[tuple[str, str]]
) -> list[Mutant]:
    # The lesson's own numbers count, too: every submission is run on them.
    found = tried(exercise, reference, [exercise.fixed, *bank.cases])
    caught, missed = len(found.caught), found.missed
    if reference.whole is not None:
        _refuse_idle(exercise, found)
    is_weak = caught < _LEAST * (caught + len(missed))
    # A script may be asked for one more of its names first; of definitions nothing else is seen.
    if is_weak and (exercise.written or exercise.submission == "script"):
        raise _weakness(caught, missed)
    telling, left = _telling(exercise, reference, found, ordered)
    if telling and not exercise.written:
        raise Blind(telling)
    if is_weak:
        raise _weakness(caught, missed)
    return [each for each in left if each.change.startswith(CHOICE)]


def _telling(
    exercise: Exercise, reference: Reference, found: Tried, ordered: Sequence[tuple[str, str]]
) -> tuple[list[Telling], list[Mutant]]:
    # Of a straight line any numbers are probes, also such as the exercise is not for.
    near = found.probes if reference.whole is not None else ()
    return telling_cases(exercise, reference, found.hidden, near, ordered)


def _weakness(caught: int, missed: Sequence[Mutant]) -> Weak:
    first = missed[0]
    return Weak(
        f"{len(missed)} of {caught + len(missed)} small mistakes would pass, such as "
        f"{first.step}: {first.formula} ({first.change}); let the example use inputs on which it shows",
        missed,
    )


def _refuse_idle(exercise: Exercise, found: Tried) -> None:
    """Refuse a TODO of which no change changes a result: what is asked for there is graded nowhere."""
    source = exercise.reference_source
    changed = {each.step for each in [*found.caught, *found.hidden]}
    telling = {each.step for each in [*found.caught, *found.missed]}
    for mark in marks_in(source, parse_module(source)):
        last = mark.statements[-1].end_lineno or mark.line
        own = {f"line {line}" for line in range(mark.line, last + 1)} & changed
        if len(own) > 1 and not own & telling:
            raise ExerciseError(
                f"line {mark.line}: TODO: no result depends on what stands below it; give a name to what it is for, or "
                "print it, below `# Example`"
            )
