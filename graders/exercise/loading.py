"""What is asked: an exercise, loaded from `exercises/<name>/` and `reference/<name>.py`."""

import hashlib
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace

from graders.errors import ExerciseError, UsageError
from graders.exercise.file import (
    ANY_LENGTH,
    DataFile,
    Drawing,
    ExerciseStep,
    Given,
    Limits,
    Misconception,
    fixed_lengths,
    parse_misconceptions,
    parse_settings,
)
from graders.exercise.problems import misconception_problems, setting_problems
from graders.inside.arrays import Array as Array
from graders.inside.kinds import GivenKind

Case = Mapping[str, Array]
"""One value for each given."""

_MISCONCEPTIONS = "misconceptions.yaml"


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise and its reference's text, as read; `folder` holds the template and the notebook.

    `noun`: what texts call a case here, by language; empty: a case.
    """

    name: str
    folder: Path
    title: Mapping[str, str]
    marker: str
    solution_marker: str
    givens: Mapping[str, Given]
    steps: Sequence[ExerciseStep]
    drawing: Drawing
    limits: Limits
    reference_source: str
    sha256: str
    submission: str = "script"
    use: str = ""
    printed: Sequence[Mapping[str, Any]] = ()
    written: Sequence[Mapping[str, Any]] = ()
    modules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: Mapping[str, DataFile] = field(default_factory=dict)
    forbid: Mapping[str, Sequence[str]] = field(default_factory=dict)
    require: Mapping[str, Sequence[str]] = field(default_factory=dict)
    misconceptions_source: str = ""
    noun: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def fixed(self) -> Case:
        """The lesson's case."""
        return {name: read_only(given.numbers) for name, given in self.givens.items()}

    @cached_property
    def kinds(self) -> Mapping[str, GivenKind]:
        """What each given is for a script."""
        return {name: GivenKind(given.is_whole, given.words) for name, given in self.givens.items()}

    @property
    def is_straight(self) -> bool:
        """True if a submission is a script and nothing else: neither called nor supplied with data."""
        return self.submission == "script" and not self.use.strip() and not self.modules and not self.files

    @cached_property
    def cases(self) -> Sequence[Case]:
        """The cases written by hand; what one does not name is as in the lesson."""
        return [self._written_case(values) for values in self.written]

    @cached_property
    def editions(self) -> Sequence[Case]:
        """The lesson's case in its other editions."""
        return [self._written_case(values) for values in self.printed]

    def _written_case(self, values: Mapping[str, Any]) -> Case:
        case = dict(self.fixed)
        for name, value in values.items():
            if name != "why":
                case[name] = read_only(replace(self.givens[name], fixed=value).numbers)
        return case

    @cached_property
    def misconceptions(self) -> Sequence[Misconception]:
        """The known ways to get a step wrong; read when first asked for, since a right submission needs none.

        Raises ExerciseError. What can be wrong with the formulas: `judging/authored.py`.
        """
        file = self.folder / _MISCONCEPTIONS
        items = parse_misconceptions(file, self.misconceptions_source)
        _refuse(file, misconception_problems(items, [step.name for step in self.steps]))
        return items

    def fixed_shape(self, step: ExerciseStep) -> tuple[int, ...]:
        """Return the shape that a result must have on the fixed example; -1 where it may have any length."""
        if step.updates is not None:
            return self.fixed[step.updates].shape
        lengths = {**fixed_lengths(self.givens), ANY_LENGTH: -1}
        return tuple(length if isinstance(length, int) else lengths[length] for length in step.shape or ())

    @property
    def results(self) -> list[ExerciseStep]:
        """The steps that carry points, in order."""
        return [step for step in self.steps if step.points is not None]

    @property
    def max_points(self) -> float:
        """The points of a submission that is right throughout."""
        return total_points(
            points for step in self.steps if step.points is not None for points in (step.points.fixed, step.points.bank)
        )


def total_points(points: Iterable[float]) -> float:
    """Return the sum of points, which may be tenths: 0.1 + 0.2 is 0.3 here."""
    return round(math.fsum(points), 9)


def root() -> Path:
    """Return the folder that holds `exercises/` and `reference/`: inside the installed package, or the checkout."""
    package = Path(__file__).resolve().parent.parent
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
        raise UsageError(f"exercise {name!r}: expected …/exercises/NAME, with the solution in …/reference/NAME.py")
    return folder, folder.parent.parent / "reference" / f"{folder.name}.py"


def load_exercise(name: str) -> Exercise:
    """Load and validate. Raises UsageError for an unknown name, ExerciseError for a mistake in the files."""
    folder, reference = exercise_files(name)
    if not (folder / "exercise.yaml").is_file():
        known = ", ".join(exercise_names())
        raise UsageError(f"unknown exercise {name!r}; there are: {known}; your own: …/exercises/NAME")
    return read_exercise(folder, reference)


def read_exercise(folder: Path, reference: Path) -> Exercise:
    """Read an exercise's folder and its reference. Raises ExerciseError."""
    file, misconceptions = folder / "exercise.yaml", folder / _MISCONCEPTIONS
    text, reference_source = _text(file), _text(reference)
    misconceptions_source = _text(misconceptions) if misconceptions.exists() else ""
    content = parse_settings(file, text)
    _refuse(file, setting_problems(content))
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
        submission=content.submission,
        use=content.use,
        written=content.cases,
        modules=content.modules,
        files=content.files,
        forbid=content.forbid,
        require=content.require,
        reference_source=reference_source,
        misconceptions_source=misconceptions_source,
        sha256=hashlib.sha256("\0".join((text, reference_source, misconceptions_source)).encode()).hexdigest(),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ExerciseError(f"{path}: cannot be read: {reason}") from error


def _refuse(file: Path, problems: Iterable[str]) -> None:
    for problem in problems:
        raise ExerciseError(f"{file}: {problem}")


def read_only(value: Any) -> Array:
    """Return numbers as an array that nobody can change: all submissions share it."""
    array = np.array(value, dtype=np.float64)
    array.flags.writeable = False
    return array
