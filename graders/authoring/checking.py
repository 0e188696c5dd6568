"""What is wrong with an exercise: its files, its reference, its bank, its misconceptions."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from graders.answers import Reference
from graders.authoring.mutants import survivors
from graders.authoring.skeleton import UNFINISHED
from graders.comparison import is_same
from graders.errors import ExerciseError
from graders.exercise import Array, Exercise, Network, load_exercise
from graders.exercise_file import Misconception
from graders.networks import DEFAULT_SEED, get_bank
from graders.template import notebook_template, script_template

_HEADINGS = ("## 中文", "## English")


def problems_of(name: str) -> list[str]:
    """Return what is wrong with an exercise, one line each. Raises UsageError for an unknown name."""
    with np.errstate(all="ignore"):
        return list(_problems(name))


def _problems(name: str) -> Iterator[str]:
    try:
        exercise = load_exercise(name)
        reference = Reference(exercise)
    except ExerciseError as error:
        yield str(error)
        return
    yield from _file_problems(exercise)
    yield from _readme_problems(exercise)
    try:
        misconceptions = exercise.misconceptions
    except ExerciseError as error:
        yield str(error)
        misconceptions = []
    try:
        bank = get_bank(exercise, reference, seed=DEFAULT_SEED, count=exercise.networks.count)
    except ExerciseError as error:
        yield str(error)
        return
    yield from _value_problems(exercise, reference, [exercise.fixed, *bank.networks])
    yield from _bank_problems(exercise, reference, bank.networks)
    yield from _misconception_problems(reference, misconceptions, bank.networks)


def _file_problems(exercise: Exercise) -> Iterator[str]:
    """Yield generated files that are missing or not what would be generated, and unfinished texts."""
    generated = {
        f"{exercise.name}.py": script_template(exercise),
        f"{exercise.name}.ipynb": notebook_template(exercise),
    }
    for file, content in generated.items():
        if _text(exercise.folder / file) != content:
            yield f"{file}: not what the reference gives; run python scripts/generate.py"
    for file in ("exercise.yaml", "misconceptions.yaml", "README.md"):
        lines = [number for number, line in _lines(exercise.folder / file) if UNFINISHED in line]
        if lines:
            yield f"{file}: {UNFINISHED}: still to be written: line {', '.join(map(str, lines))}"


def _readme_problems(exercise: Exercise) -> Iterator[str]:
    text = _text(exercise.folder / "README.md")
    if text is None:
        yield "README.md: missing; expected a handout in Chinese and English"
        return
    for heading in _HEADINGS:
        if heading not in text.splitlines():
            yield f"README.md: no heading {heading!r}; expected the handout in both languages"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate((_text(path) or "").splitlines(), 1)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _value_problems(exercise: Exercise, reference: Reference, networks: Sequence[Network]) -> Iterator[str]:
    """Yield steps that the reference does not compute as finite numbers on every network."""
    for name in (step.name for step in exercise.steps):
        if not all(np.isfinite(reference.values(network)[name]).all() for network in networks):
            yield f"reference: {name}: not finite on every network; narrow the ranges or say what is informative"


def _bank_problems(exercise: Exercise, reference: Reference, networks: Sequence[Network]) -> Iterator[str]:
    for mutant in survivors(exercise, reference, networks):
        yield f"networks: too weak to catch {mutant.step} = {mutant.formula}  ({mutant.change})"


def _misconception_problems(
    reference: Reference, items: Sequence[Misconception], networks: Sequence[Network]
) -> Iterator[str]:
    right = [{**network, **reference.values(network)} for network in networks]
    values: dict[str, list[Array | None]] = {}
    for item in items:
        try:
            code = reference.compile_formula(item.formula, f"misconception {item.id}")
            values[item.id] = [reference.evaluate(code, known) for known in right]
        except (ExerciseError, NameError, AttributeError) as error:
            yield f"misconceptions.yaml: {item.id}: {error}"
            continue
        if _coincide(values[item.id], [known[item.step] for known in right]):
            yield f"misconceptions.yaml: {item.id}: gives the right answer on the whole bank"
    for first, second in itertools.combinations([item for item in items if item.id in values], 2):
        if first.step == second.step and _coincide(values[first.id], values[second.id]):
            yield f"misconceptions.yaml: {second.id}: the same values as {first.id} on the whole bank"


def _coincide(first: Sequence[Array | None], second: Sequence[Array | None]) -> bool:
    return all(_equal(left, right) for left, right in zip(first, second, strict=True))


def _equal(left: Array | None, right: Array | None) -> bool:
    if left is None or right is None:
        return left is right
    return is_same(left, right)
