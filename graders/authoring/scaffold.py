"""Write a new exercise's files from a finished solution, and say what was guessed, for the author to look at."""

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from graders.authoring import skeleton
from graders.authoring.dimensions import guess_plan
from graders.authoring.solution import Solution, read_solution, run_solution
from graders.errors import ExerciseError, UsageError
from graders.exercise.bank import DEFAULT_SEED, get_bank
from graders.exercise.calculation import ONLY_ASSIGNMENTS
from graders.exercise.loading import Exercise, exercise_files, read_exercise
from graders.exercise.reference import load_reference
from graders.exercise.template import notebook_template, script_template
from graders.judging.comparison import RIGHT, compare

_PACKAGE = Path(__file__).resolve().parent.parent


def new_exercise(name: str, solution: Path) -> list[str]:
    """Write `exercises/NAME/` and `reference/NAME.py` and return what to say. Raises UsageError.

    `name` may be the path `…/exercises/NAME` of a folder of the author's own.
    """
    folder, reference = exercise_files(name)
    _refuse_name(folder, reference)
    try:
        source = solution.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{solution}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    found = read_solution(source, str(solution))
    names = run_solution(source, str(solution))
    with tempfile.TemporaryDirectory() as scratch:  # nothing half made is left behind
        made = Path(scratch) / folder.name
        made.mkdir()
        try:
            _try(_write_files(made, found), names)
        except ExerciseError as error:
            said = str(error).replace(f"{scratch}/", "").removeprefix(f"reference/{folder.name}.py: ")
            raise UsageError(f"{solution}: {said}") from error
        try:
            shutil.copytree(made, folder)
            reference.parent.mkdir(exist_ok=True)
            reference.write_text(found.source, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"{error.filename}: cannot be written: {error.strerror}") from error
    return _summary(name, found, solution)


def _refuse_name(folder: Path, reference: Path) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", folder.name):
        raise UsageError(
            f"exercise name {folder.name!r}: expected small letters, digits and _, such as gradient_descent"
        )
    if folder.is_relative_to(_PACKAGE):  # installed: an update would remove it
        raise UsageError(f"exercise name {folder.name!r}: name a folder of your own, such as ./exercises/{folder.name}")
    for path in (folder, reference):
        if path.exists():
            raise UsageError(f"{path}: is there already; choose another name or remove it")


def _write_files(folder: Path, found: Solution) -> Exercise:
    """Write the exercise's folder and load it. Raises ExerciseError if the solution makes no exercise."""
    name = folder.name
    reference = folder.parent / f"{name}.reference.py"
    plan = guess_plan(found)
    for path, text in (
        (reference, found.source),
        (folder / "exercise.yaml", skeleton.settings(name, found, plan)),
        (folder / "README.md", skeleton.readme(name, found)),
        (folder / "misconceptions.yaml", skeleton.misconceptions(found)),
    ):
        path.write_text(text, encoding="utf-8", newline="\n")
    exercise = read_exercise(folder, reference)
    for ending, text in (("py", script_template(exercise)), ("ipynb", notebook_template(exercise))):
        (folder / f"{name}.{ending}").write_text(text, encoding="utf-8", newline="\n")
    return exercise


def _try(exercise: Exercise, names: Mapping[str, Any]) -> None:
    """Raise ExerciseError if the solution would not get full marks; `names`: what the whole script left."""
    reference = load_reference(exercise)
    right = reference.values(exercise.fixed)
    for step in exercise.steps:
        if compare(right[step.name], np.asarray(names[step.name], np.float64)) != RIGHT:
            raise ExerciseError(f"{step.name}: lines that are no `name = …` change it; {ONLY_ASSIGNMENTS}")
    get_bank(exercise, reference, seed=DEFAULT_SEED, count=exercise.drawing.count)


def _summary(name: str, found: Solution, solution: Path) -> list[str]:
    place = Path(name if "/" in name else f"exercises/{name}")
    how = "marked TODO" if found.marked else "guessed: all that depends on the givens; mark yours with `# TODO`"
    return [
        f"{place}/ and {place.parent.parent / 'reference' / place.name}.py are written.",
        f"givens   {', '.join(found.givens)}",
        f"steps    {', '.join(found.steps)}  ({how})",
        f"results  {', '.join(found.results)}  (used by no other step)",
        "Next:",
        f"  1. {place}/exercise.yaml: the title, names of dimensions and ranges were guessed",
        f"  2. README.md and misconceptions.yaml: write what says {skeleton.TO_WRITE}",
        f"  3. python scripts/generate.py {name}: template and notebook again",
        f"  4. python grade.py --check-exercise {name}",
        f"  5. python grade.py -e {name} {solution}",
    ]
