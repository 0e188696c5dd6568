"""What is asked: an exercise, as it was read. NumPy and the standard library suffice; reading: `loading.py`."""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from graders.exercise.content import (
    ANY_LENGTH,
    DataFile,
    Drawing,
    ExerciseStep,
    Given,
    Limits,
    Misconception,
    fixed_lengths,
)
from graders.inside.arrays import Array as Array
from graders.inside.arrays import Case as Case
from graders.inside.kinds import REAL, GivenKind
from graders.records import Record


class Exercise(Record):
    """An exercise and its reference's text, as read; `folder` holds the template and the notebook.

    `noun`: what texts call a case here, by language; empty: a case. `parts`: the exercises that it is made of.
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
    carried: str = "none"
    submission: str = "script"
    use: str = ""
    printed: Sequence[Mapping[str, Any]] = ()
    written: Sequence[Mapping[str, Any]] = ()
    modules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    files: Mapping[str, DataFile] = field(default_factory=dict)
    forbid: Mapping[str, Sequence[str]] = field(default_factory=dict)
    require: Mapping[str, Sequence[str]] = field(default_factory=dict)
    read_misconceptions: Callable[[], Sequence[Misconception]] = tuple
    noun: Mapping[str, str] = field(default_factory=dict)
    parts: "Sequence[Exercise]" = ()

    @cached_property
    def rules_sha256(self) -> str:
        """A sum of all that decides whether an answer is right: not the title, nor the misconceptions."""
        told = {"title", "folder", "sha256", "read_misconceptions", "parts"}
        decisive = [(each.name, getattr(self, each.name)) for each in fields(self) if each.name not in told]
        # The records' own spelling has every field of theirs, in order.
        text = repr([*decisive, *(part.rules_sha256 for part in self.parts)])
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def carried_share(self) -> float:
        """The share of its points that a wrong result earns where it is right from the student's own earlier values."""
        return {"none": 0.0, "half": 0.5, "full": 1.0}[self.carried]

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
        """True if a submission is a script of real numbers and nothing else: neither called nor supplied with data."""
        if self.submission != "script" or self.use.strip() or self.modules or self.files:
            return False
        # Formulas are evaluated on real numbers; a matrix's power, a slice or a text needs what the script itself gets.
        return all(kind == REAL for kind in self.kinds.values())

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
            if name != "why":  # the reason, for people, stands among the values
                case[name] = read_only(self.givens[name].replaced(fixed=value).numbers)
        return case

    @cached_property
    def misconceptions(self) -> Sequence[Misconception]:
        """The known ways to get a step wrong; read when first asked for, since a right submission needs none.

        Raises ExerciseError. What can be wrong with the formulas: `judging/authored.py`.
        """
        return self.read_misconceptions()

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


def read_only(value: Any) -> Array:
    """Return numbers as an array that nobody can change: all submissions share it."""
    array = np.array(value, dtype=np.float64)
    array.flags.writeable = False
    return array
