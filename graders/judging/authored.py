"""What can be wrong with an author's misconceptions: their formulas, beside the reference.

This is looked at before a class is graded, and for one file when a step of it is wrong: a right one needs none of them.
"""

from collections.abc import Iterator, Sequence

from graders.errors import ExerciseError
from graders.exercise.asked import Case, Exercise
from graders.exercise.content import Misconception
from graders.exercise.reference import Reference
from graders.judging.comparison import RIGHT, compare


def refuse_bad_misconceptions(exercise: Exercise, reference: Reference) -> None:
    """Raise ExerciseError for the first problem in the file, or the first formula that cannot be evaluated.

    A formula that gives the right answer is left to `--check-exercise`: a run may have so few cases that a real
    mistake is right on all of them, and what is never wrong is never named.
    """
    for item in exercise.misconceptions:
        for problem in reference.formula_problems(item.formula, item.step):
            raise ExerciseError(f"{exercise.folder / 'misconceptions.yaml'}: {item.id}: {problem}")


def formula_problems(items: Sequence[Misconception], reference: Reference, cases: Sequence[Case]) -> Iterator[str]:
    """Yield what is wrong with formulas: what cannot be evaluated, and what is not a mistake on any of the cases."""
    for item in items:
        problems = list(reference.formula_problems(item.formula, item.step))
        yield from (f"{item.id}: {problem}" for problem in problems)
        if not problems and is_right_throughout(item.formula, item.step, reference, cases):
            yield f"{item.id}: gives the right answer on the whole bank"


def is_right_throughout(formula: str, step: str, reference: Reference, cases: Sequence[Case]) -> bool:
    """Say if a formula gives the step's right value on every case; most of the others are told by the first."""
    code = reference.compile_formula(formula, step)
    for case in cases:
        right = reference.values(case)
        value = reference.evaluate(code, {**case, **right})
        if value is None or compare(right[step], value) != RIGHT:
            return False
    return True
