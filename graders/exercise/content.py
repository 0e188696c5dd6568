"""The records of an exercise's files: what stands in `exercise.yaml` and `misconceptions.yaml`. Reading: `file.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, Literal

import numpy as np

from graders.records import Record


class Given(Record):
    """A name whose value the exercise sets. `shape` names dimensions; `also`: other names students give it.

    It is drawn from one of `random` (real numbers), `powers` (of ten), `integers` (a dimension's name as the upper
    bound: below its length) and `choice` (numbers, or anything else: texts, booleans, lists, mappings).
    """

    fixed: Any
    shape: Sequence[str | int] = ()
    random: tuple[float, float] | None = None
    powers: tuple[float, float] | None = None
    integers: tuple[int, int | str] | None = None
    choice: list[Any] | None = None
    also: Sequence[str] = ()

    @property
    def words(self) -> tuple[Any, ...]:
        """What it is chosen from, where that is not numbers: a case holds the position of the chosen one."""
        choice = self.choice or []
        return () if all(type(item) in (int, float) for item in choice) else tuple(choice)

    @property
    def is_whole(self) -> bool:
        """True if scripts get it as whole numbers."""
        return self.integers is not None or (bool(self.choice) and all(type(item) is int for item in self.choice or []))

    @property
    def numbers(self) -> Any:
        """The lesson's value as a case holds it. Raises ValueError for a text that is none of its choices."""
        return _positions(self.fixed, self.words) if self.words else self.fixed


def _positions(value: Any, words: tuple[Any, ...]) -> Any:
    for position, word in enumerate(words):
        if type(word) is type(value) and word == value:
            return position
    if not isinstance(value, list):
        raise ValueError(f"{value} is none of the choices")
    return [_positions(item, words) for item in value]


class Points(Record):
    """Points of a result on the fixed example and on the bank."""

    fixed: float = 0
    bank: float = 0


class ExerciseStep(Record):
    """A name a TODO asks for; one with points is a result.

    A result has the shape of the weights it `updates`, or else a `shape` of its own in named dimensions.
    `forms`: other right-hand sides that are as right as the reference's; they differ only on values of a wrong shape.
    `published`: the right-hand side in the lesson's own solution, where it is not the reference's; a copy with exactly
    the published steps, beside another one in a notebook, is the lesson's and not the student's.
    `where`: the function or `Class.method` in which it stands. `each`: it is a step in every pass of a loop.
    `exactly`: texts, booleans, None and the form of lists and dictionaries must be those of the reference.
    `accept`: other right answers, one of which must be right on all cases. `decimals`: rounding is asked for.
    """

    name: str
    also: Sequence[str] = ()
    forms: Sequence[str] = ()
    published: str | None = None
    updates: str | None = None
    shape: list[str | int] | None = None
    points: Points | None = None
    where: str | None = None
    each: Literal["pass"] | None = None
    exactly: bool = False
    tolerance: float | None = None
    accept: Sequence[str] = ()
    up_to: Literal["sign", "scale", "permutation"] | None = None
    decimals: int | None = None


class Condition(Record):
    """When a value of the reference is informative: all elements `within` a range, or `apart` from zero."""

    within: tuple[float, float] | None = None
    apart: float | None = None


class Drawing(Record):
    """What random cases are like."""

    count: int
    dimensions: dict[str, tuple[int, int]] = field(default_factory=dict)
    informative: dict[str, Condition] = field(default_factory=dict)
    both_signs: Sequence[str] = ()


class Limits(Record):
    """What a submission may use: wall and processor seconds, memory above the start, output on the fixed example."""

    wall_s: int
    cpu_s: int
    memory_mib: int
    output_kib: int


class Misconception(Record):
    """A known way to get a step wrong: `formula` gives the wrong value, `message` explains it, by language.

    In a reference that is run whole it stands in the place of the step's right-hand side, or of what it `replaces`;
    `where`: in which function.
    """

    id: str
    step: str
    formula: str
    message: dict[str, str]
    where: str | None = None
    replaces: str | None = None


class DataFile(Record):
    """A text file that submissions read: columns made of givens, below a line of names if there is a `header`."""

    columns: list[str]
    delimiter: str = ","
    header: Sequence[str] = ()


class ExerciseFile(Record):
    """The YAML file as it stands.

    `case`: what texts call a set of values for the givens, by language.
    `carried`: what a wrong result earns that is right from the student's own earlier values.
    `submission`: run the file as it stands, or its definitions only. `use`: lines that are run after it. `cases`:
    written by hand, each with all givens that differ from the lesson's, and a reason. `modules`, `files`: data made of
    givens. `editions`: the givens' numbers in other editions of the lesson.
    `forbid`, `require`: by function, what it must not or must use; "" is the whole submission.
    """

    title: dict[str, str]
    marker: str
    solution_marker: str
    givens: dict[str, Given]
    editions: Sequence[dict[str, Any]] = ()
    steps: list[ExerciseStep]
    bank: Drawing
    limits: Limits
    case: dict[str, str] = field(default_factory=dict)
    carried: Literal["none", "half", "full"] = "none"
    submission: Literal["script", "definitions"] = "script"
    use: str = ""
    cases: Sequence[dict[str, Any]] = ()
    modules: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, DataFile] = field(default_factory=dict)
    forbid: dict[str, list[str]] = field(default_factory=dict)
    require: dict[str, list[str]] = field(default_factory=dict)


class PartFile(Record):
    """An exercise that is a part of another, by its name; `points`: what it is worth there, else its own points."""

    exercise: str
    points: float | None = None


class JointFile(Record):
    """The YAML file of an exercise that is made of others."""

    title: dict[str, str]
    parts: list[PartFile]


def fixed_lengths(givens: Mapping[str, Given]) -> dict[str, int]:
    """Return each dimension's length on the fixed example."""
    return {
        dimension: length
        for given in givens.values()
        for dimension, length in zip(given.shape, np.shape(given.fixed), strict=True)
        if isinstance(dimension, str)
    }


ANY_LENGTH = "*"
"""In the shape of a result: as long as it comes."""
