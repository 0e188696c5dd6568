"""What is wrong with an exercise: its files, its reference, its bank, its misconceptions."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from graders.authoring.mutants import survivors
from graders.authoring.skeleton import TO_WRITE
from graders.authoring.typed import generate_command
from graders.errors import ExerciseError
from graders.exercise.asked import Array, Case, Exercise
from graders.exercise.bank import DEFAULT_SEED, get_bank
from graders.exercise.content import Misconception
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference
from graders.exercise.template import student_files
from graders.judging.authored import is_right_throughout, misconception_faults, mistaken_values
from graders.judging.comparison import is_same

_README_HEADINGS = ("## 中文", "## English")


def problems_of(name: str) -> list[str]:
    """Return what is wrong with an exercise, one line each. Raises UsageError for an unknown name."""
    # Wrong formulas divide by zero and overflow: that is what they are for, and no news for the author.
    with np.errstate(all="ignore"):
        return list(_exercise_problems(name))


def _exercise_problems(name: str) -> Iterator[str]:
    try:
        exercise = load_exercise(name)
    except ExerciseError as error:
        yield str(error)
        return
    if not exercise.parts:
        yield from _problems_of_one(exercise)
        return
    yield from _unfinished_files(exercise)
    yield from _readme_problems(exercise)
    for part in exercise.parts:
        yield from (f"{part.name}: {problem}" for problem in _problems_of_one(part))


def _problems_of_one(exercise: Exercise) -> Iterator[str]:
    try:
        reference = Reference(exercise)
    except ExerciseError as error:  # it may be no Python at all, of which no template can be made
        yield str(error)
        return
    yield from _unfinished_files(exercise)
    yield from _readme_problems(exercise)
    yield from _computed_problems(exercise, reference)


def _computed_problems(exercise: Exercise, reference: Reference) -> Iterator[str]:
    """Yield what shows only when the reference runs: on the fixed example, and if it does there, on the bank."""
    broken = list(reference.problems())
    yield from broken
    # Misconceptions are read even if the reference fails: an author mends all files in one go.
    try:
        misconceptions = exercise.misconceptions
    except ExerciseError as error:
        yield str(error)
        misconceptions = []
    if broken:
        return
    try:
        bank = get_bank(exercise, reference, seed=DEFAULT_SEED, count=exercise.drawing.count)
    except ExerciseError as error:
        yield str(error)
        return
    yield from _bank_problems(exercise, reference, bank.cases)
    yield from _form_problems(exercise, reference, bank.cases)
    wrong = [[*misconception_faults([item], exercise, reference, bank.cases)] for item in misconceptions]
    yield from (f"misconceptions.yaml: {problem}" for problems in wrong for problem in problems)
    sound = [item for item, problems in zip(misconceptions, wrong, strict=True) if not problems]
    yield from _alike_problems(exercise, reference, sound, bank.cases)


def _unfinished_files(exercise: Exercise) -> Iterator[str]:
    """Yield generated files that are missing or not what would be generated, and unfinished texts."""
    again = generate_command(str(exercise.folder))
    for file, content in student_files(exercise).items():
        if _text_of(exercise.folder / file) != content:
            yield f"{file}: not what the reference gives; run {again}"
    for file in ("exercise.yaml", "misconceptions.yaml", "README.md"):
        lines = [number for number, line in _lines_of(exercise.folder / file) if TO_WRITE in line]
        if lines:
            yield f"{file}: {TO_WRITE}: still to be written: line {', '.join(map(str, lines))}"


def _readme_problems(exercise: Exercise) -> Iterator[str]:
    text = _text_of(exercise.folder / "README.md")
    if text is None:
        yield "README.md: missing; expected a handout in Chinese and English"
        return
    for heading in _README_HEADINGS:
        # Whole lines, since `### 中文` is a heading within another part.
        if heading not in text.splitlines():
            yield f"README.md: no heading {heading!r}; expected the handout in both languages"


def _lines_of(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate((_text_of(path) or "").splitlines(), 1)


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _bank_problems(exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> Iterator[str]:
    for mutant in survivors(exercise, reference, cases):
        yield f"bank: too weak to catch {mutant.step} = {mutant.formula}  ({mutant.change})"


def _form_problems(exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> Iterator[str]:
    """Yield other right forms of a step that cannot be evaluated, or are not right."""
    for step in exercise.steps:
        for form in step.forms:
            place = f"exercise.yaml: steps.{step.name}.forms"
            problems = list(reference.formula_problems(form, step.name))
            yield from (f"{place}: {problem}" for problem in problems)
            if not problems and not is_right_throughout(form, step.name, reference, cases):
                yield f"{place}: {form}: not what the reference gives"


def _alike_problems(
    exercise: Exercise, reference: Reference, items: Sequence[Misconception], cases: Sequence[Case]
) -> Iterator[str]:
    """Yield misconceptions that no submission could tell from another one of the same step."""
    values = {item.id: mistaken_values(item, exercise, reference, cases) for item in items}
    for first, second in itertools.combinations(items, 2):  # the later of the two would never be named
        # In a straight line another step's formula gives another step's value, and they are never compared.
        comparable = first.step == second.step or reference.whole is not None
        if comparable and _coincide(values[first.id], values[second.id]):
            yield f"misconceptions.yaml: {second.id}: the same values as {first.id} on the whole bank"


def _coincide(first: Sequence[Mapping[str, Array] | None], second: Sequence[Mapping[str, Array] | None]) -> bool:
    return all(_equal(left, right) for left, right in zip(first, second, strict=True))


def _equal(left: Mapping[str, Array] | None, right: Mapping[str, Array] | None) -> bool:
    if left is None or right is None:
        return left is right
    return all(is_same(left[name], right[name]) for name in left)
