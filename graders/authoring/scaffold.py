"""Write a new exercise's files from a finished solution, and say what was guessed, for the author to look at."""

import re
import shutil
import tempfile
from pathlib import Path

from graders.answers import Reference
from graders.authoring import skeleton
from graders.authoring.dimensions import guess_plan
from graders.authoring.solution import Solution, read_solution
from graders.errors import ExerciseError, UsageError
from graders.exercise import exercise_files, read_exercise
from graders.template import notebook_template, script_template

_PACKAGE = Path(__file__).resolve().parent.parent


def new_exercise(name: str, solution: Path) -> list[str]:
    """Write `exercises/NAME/` and `reference/NAME.py` and return what to say. Raises UsageError.

    `name` may be the path `…/exercises/NAME` of a folder of the author's own.
    """
    folder, reference = exercise_files(name)
    _refuse_name(folder, reference)
    try:
        found = read_solution(solution.read_text(encoding="utf-8-sig"), str(solution))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{solution}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    with tempfile.TemporaryDirectory() as scratch:  # nothing half made is left behind
        made = Path(scratch) / folder.name
        made.mkdir()
        try:
            _write_files(made, folder.name, found)
        except ExerciseError as error:
            raise UsageError(f"{solution}: {str(error).replace(f'{scratch}/', '')}") from error
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


def _write_files(folder: Path, name: str, found: Solution) -> None:
    """Write the exercise's folder. Raises ExerciseError if the solution makes no exercise."""
    reference = folder.parent / f"{name}.reference.py"
    plan = guess_plan(name, found)
    for path, text in (
        (reference, found.source),
        (folder / "exercise.yaml", skeleton.settings(name, found, plan)),
        (folder / "README.md", skeleton.readme(name, found)),
        (folder / "misconceptions.yaml", skeleton.misconceptions(found)),
    ):
        path.write_text(text, encoding="utf-8", newline="\n")
    exercise = read_exercise(folder, reference)
    Reference(exercise)
    for ending, text in (("py", script_template(exercise)), ("ipynb", notebook_template(exercise))):
        (folder / f"{name}.{ending}").write_text(text, encoding="utf-8", newline="\n")


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
        f"  2. README.md and misconceptions.yaml: write what says {skeleton.UNFINISHED}",
        f"  3. python scripts/generate.py {name}: template and notebook again",
        f"  4. python grade.py --check-exercise {name}",
        f"  5. python grade.py -e {name} {solution}",
    ]
