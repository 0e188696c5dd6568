"""What can be wrong with an author's misconceptions: their formulas, beside the reference.

This is looked at before a class is graded, and for one file when a step of it is wrong: a right one needs none of them.
"""

from collections.abc import Iterator, Mapping, Sequence

from graders.errors import ExerciseError
from graders.exercise.asked import Case, Exercise
from graders.exercise.content import Misconception
from graders.exercise.reference import Reference
from graders.exercise.variants import with_mistake
from graders.inside.arrays import Array
from graders.judging.comparison import RIGHT, compare
from graders.judging.misconceptions import Variant
from graders.judging.rules import rule_of


def refuse_bad_misconceptions(exercise: Exercise, reference: Reference) -> None:
    """Raise ExerciseError for the first problem in the file, or the first formula that cannot be evaluated.

    A formula that gives the right answer is left to `--check-exercise`: a run may have so few cases that a real
    mistake is right on all of them, and what is never wrong is never named.
    """
    # The first is enough to stop; `--check-exercise` lists them all.
    for item in exercise.misconceptions:
        for problem in _item_problems(item, exercise, reference):
            raise ExerciseError(f"{exercise.folder / 'misconceptions.yaml'}: {item.id}: {problem}")


def misconception_faults(
    items: Sequence[Misconception], exercise: Exercise, reference: Reference, cases: Sequence[Case]
) -> Iterator[str]:
    """Yield what is wrong with mistakes: what cannot be evaluated, and what is not a mistake on any of the cases."""
    for item in items:
        problems = list(_item_problems(item, exercise, reference))
        yield from (f"{item.id}: {problem}" for problem in problems)
        if not problems and _is_never_wrong(item, exercise, reference, cases):
            yield f"{item.id}: gives the right answer on the whole bank"


def mistaken_values(
    item: Misconception, exercise: Exercise, reference: Reference, cases: Sequence[Case]
) -> list[Mapping[str, Array] | None]:
    """Return what a mistake gives on each case: the step alone, or all results of a reference that is run whole."""
    if reference.whole is not None:
        results = [step.name for step in exercise.results]
        variant = Variant(item, with_mistake(exercise, item), results)
        found = [variant.values(case) for case in cases]
        return [None if values is None else {name: values[name] for name in results} for values in found]
    # From right earlier values: the mistake alone, without what it would do to the steps after it.
    code = reference.compile_formula(item.formula, item.id)
    values = [reference.evaluate(code, {**case, **reference.values(case)}) for case in cases]
    return [None if value is None else {item.step: value} for value in values]


def _item_problems(item: Misconception, exercise: Exercise, reference: Reference) -> Iterator[str]:
    """Yield why a mistake cannot be looked for."""
    if reference.whole is None:
        for key, found in (("in", item.where), ("replaces", item.replaces)):
            if found is not None:
                yield f"{key}: found {found!r}; the steps of a straight line are changed by their formula alone"
        yield from reference.formula_problems(item.formula, item.step)
        return
    try:
        with_mistake(exercise, item)
    except ExerciseError as error:
        yield str(error)


def _is_never_wrong(item: Misconception, exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> bool:
    if reference.whole is None:
        return is_right_throughout(item.formula, item.step, reference, cases)
    rules = {step.name: rule_of(step) for step in exercise.results}
    for case, values in zip(cases, mistaken_values(item, exercise, reference, cases), strict=True):
        right = reference.values(case)
        if values is None or any(compare(right[name], values[name], rule=rules[name]) != RIGHT for name in rules):
            return False
    return True


def is_right_throughout(formula: str, step: str, reference: Reference, cases: Sequence[Case]) -> bool:
    """Say if a formula gives the step's right value on every case; most of the others are told by the first."""
    code = reference.compile_formula(formula, step)
    for case in cases:
        right = reference.values(case)
        value = reference.evaluate(code, {**case, **right})
        if value is None or compare(right[step], value) != RIGHT:
            return False
    return True
