"""What must hold before a new exercise is written: its solution is right, its template is not, mistakes are caught."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.mutants import Mutant, all_mutants, caught_and_missed
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


class Free(ExerciseError):
    """The template has points for `results`, which need nothing that a TODO asks for."""

    def __init__(self, message: str, results: Sequence[str]) -> None:
        self.results = results
        super().__init__(message)


def prove(exercise: Exercise, lesson: Mapping[str, Any]) -> None:
    """Raise ExerciseError unless the solution has full marks, the template none, and the bank catches mistakes.

    `lesson`: the results that the solution as it stands, run once, leaves.
    """
    reference = load_reference(exercise)
    # The cheapest proof first; mutants, by far the dearest, only for what has passed all others.
    _compare_with_script(exercise, reference, lesson)
    bank = get_bank(exercise, reference, seed=DEFAULT_SEED, count=exercise.drawing.count)
    _check_points(Materials(exercise=exercise, reference=reference, bank=bank))
    _prove_strength(exercise, reference, bank)


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
    with open_sandboxed(materials, terms) as (grader, _):
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


def _prove_strength(exercise: Exercise, reference: Reference, bank: Bank) -> None:
    # The lesson's own numbers count, too: every submission is run on them.
    cases = [exercise.fixed, *bank.cases]
    found, missed = caught_and_missed(exercise, reference, cases)
    caught = len(found)
    if reference.whole is not None:
        _refuse_idle(exercise, {each.step for each in [*found, *missed]})
    if caught < _LEAST * (caught + len(missed)):
        first = missed[0]
        raise Weak(
            f"{len(missed)} of {caught + len(missed)} small mistakes would pass, such as "
            f"{first.step}: {first.formula} ({first.change}); let the example use inputs on which it shows",
            missed,
        )


def _refuse_idle(exercise: Exercise, steps: Collection[str]) -> None:
    """Refuse a TODO of which no change changes a result: what is asked for there is graded nowhere."""
    source = exercise.reference_source
    changed = {mutant.step for mutant in all_mutants(exercise, Reference(exercise))}
    for mark in marks_in(source, parse_module(source)):
        last = mark.statements[-1].end_lineno or mark.line
        own = {f"line {line}" for line in range(mark.line, last + 1)} & changed
        if len(own) > 1 and not own & set(steps):
            raise ExerciseError(
                f"line {mark.line}: TODO: no result depends on what stands below it; give a name to what it is for, or "
                "print it, below `# Example`"
            )
