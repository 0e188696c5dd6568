"""An exercise, loaded from `exercises/<name>/` and `reference/<name>.py`."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from graders.errors import ExerciseError, UsageError
from graders.exercise.asked import Exercise
from graders.exercise.content import ExerciseFile, ExerciseStep, JointFile, Misconception
from graders.exercise.file import parse_misconceptions, parse_settings
from graders.exercise.joint import joint_exercise, joint_problems
from graders.exercise.problems import misconception_problems, setting_problems
from graders.messages import message

_SETTINGS, _MISCONCEPTIONS = "exercise.yaml", "misconceptions.yaml"


def root() -> Path:
    """Return the folder that holds `exercises/` and `reference/`: inside the installed package, or the checkout."""
    package = Path(__file__).resolve().parent.parent
    # The wheel carries exercises and references inside the package, where nothing else can be in their place.
    content = package / "content"
    return content if content.is_dir() else package.parent


def exercise_names() -> list[str]:
    """Return the names of the exercises there are."""
    return sorted(path.parent.name for path in (root() / "exercises").glob("*/exercise.yaml"))


def exercise_files(name: str) -> tuple[Path, Path]:
    """Return the folder and the reference of an exercise: one of ours, or at the path `…/exercises/NAME`.

    Only a name with a slash is a path. What lies in the current folder may be a student's, and an exercise is trusted.
    """
    is_path = "/" in name or os.sep in name
    folder = Path(name).resolve() if is_path else root() / "exercises" / name
    if folder.parent.name != "exercises":
        raise UsageError(message("exercise.path", name=name))
    return folder, folder.parent.parent / "reference" / f"{folder.name}.py"


def load_exercise(name: str) -> Exercise:
    """Load and validate. Raises UsageError for an unknown name, ExerciseError for a mistake in the files."""
    folder, reference = exercise_files(name)
    if not _is_exercise(folder):
        known = ", ".join(exercise_names())
        raise UsageError(message("usage.unknown-exercise", name=repr(name), known=known))
    return read_exercise(folder, reference)


def read_exercise(folder: Path, reference: Path) -> Exercise:
    """Read an exercise's folder and its reference, or its parts'. Raises ExerciseError."""
    file = folder / _SETTINGS
    text = _text(file)
    content = parse_settings(file, text)
    if isinstance(content, JointFile):
        _refuse(file, joint_problems(content))
        return joint_exercise(folder, text, content, [_read_part(folder, part.exercise) for part in content.parts])
    return _read_single(folder, text, content, reference)


def _read_part(joint: Path, name: str) -> Exercise:
    """Return an exercise that another one is made of: beside it, or else one of ours."""
    folder = next((place for place in (joint.parent / name, root() / "exercises" / name) if _is_exercise(place)), None)
    if folder is None:
        raise ExerciseError(f"{joint / _SETTINGS}: parts: found {name!r}, expected an exercise beside this one")
    text = _text(folder / _SETTINGS)
    content = parse_settings(folder / _SETTINGS, text)
    # Else one that is a part of itself would be read for ever.
    if isinstance(content, JointFile):
        raise ExerciseError(f"{joint / _SETTINGS}: parts: {name} is made of parts itself; name these instead")
    return _read_single(folder, text, content, exercise_files(str(folder))[1])


def _is_exercise(folder: Path) -> bool:
    return (folder / _SETTINGS).is_file()


def _read_single(folder: Path, text: str, content: ExerciseFile, reference: Path) -> Exercise:
    _refuse(folder / _SETTINGS, setting_problems(content))
    misconceptions = folder / _MISCONCEPTIONS
    reference_source = _text(reference)
    misconceptions_source = _text(misconceptions) if misconceptions.exists() else ""
    return Exercise(
        name=folder.name,
        folder=folder,
        title=content.title,
        marker=content.marker,
        solution_marker=content.solution_marker,
        givens=content.givens,
        printed=content.editions,
        steps=content.steps,
        drawing=content.bank,
        limits=content.limits,
        noun=content.case,
        carried=content.carried,
        submission=content.submission,
        use=content.use,
        written=content.cases,
        modules=content.modules,
        files=content.files,
        forbid=content.forbid,
        require=content.require,
        reference_source=reference_source,
        read_misconceptions=partial(_read_misconceptions, misconceptions, misconceptions_source, content.steps),
        # Of the texts as they stand: any change, of a comment too, is another exercise.
        sha256=hashlib.sha256("\0".join((text, reference_source, misconceptions_source)).encode()).hexdigest(),
    )


def _read_misconceptions(file: Path, text: str, steps: Sequence[ExerciseStep]) -> Sequence[Misconception]:
    items = parse_misconceptions(file, text)
    _refuse(file, misconception_problems(items, [step.name for step in steps]))
    return items


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ExerciseError(f"{path}: cannot be read: {reason}") from error


def _refuse(file: Path, problems: Iterable[str]) -> None:
    for problem in problems:
        raise ExerciseError(f"{file}: {problem}")
