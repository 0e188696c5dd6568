"""What stands in `exercise.yaml` and `misconceptions.yaml`: their records, read and converted.

Every mistake is one line: file, key, what was found, what was expected. What can be wrong beyond types:
`exercise_problems.py`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import numpy as np

from graders import yaml_reading
from graders.errors import ExerciseError

_Wanted = TypeVar("_Wanted")
_KEY = re.compile(r" - at `\$\.?(?P<key>.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]*)`")


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping in a file. No dataclass, since msgspec would let its unknown keys pass."""


class Given(_Record, frozen=True, kw_only=True):
    """A name whose value the exercise sets. `shape` names dimensions; `also`: other names students give it.

    It is drawn from one of `random` (real numbers), `powers` (of ten), `integers` (a dimension's name as the upper
    bound: below its length) and `choice` (numbers, or anything else: texts, booleans, lists, mappings).
    """

    fixed: Any
    shape: list[str | int] = []
    random: tuple[float, float] | None = None
    powers: tuple[float, float] | None = None
    integers: tuple[int, int | str] | None = None
    choice: list[Any] | None = None
    also: list[str] = []

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


class Points(_Record, frozen=True, kw_only=True):
    """Points of a result on the fixed example and on the bank."""

    fixed: float = 0
    bank: float = 0


class ExerciseStep(_Record, frozen=True, kw_only=True):
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
    also: list[str] = []
    forms: list[str] = []
    published: str | None = None
    updates: str | None = None
    shape: list[str | int] | None = None
    points: Points | None = None
    where: str | None = msgspec.field(default=None, name="in")
    each: Literal["pass"] | None = None
    exactly: bool = False
    tolerance: float | None = None
    accept: list[str] = []
    up_to: Literal["sign", "scale", "permutation"] | None = None
    decimals: int | None = None


class Condition(_Record, frozen=True, kw_only=True):
    """When a value of the reference is informative: all elements `within` a range, or `apart` from zero."""

    within: tuple[float, float] | None = None
    apart: float | None = None


class Drawing(_Record, frozen=True, kw_only=True):
    """What random cases are like."""

    count: int
    dimensions: dict[str, tuple[int, int]] = {}
    informative: dict[str, Condition] = {}
    both_signs: list[str] = []


class Limits(_Record, frozen=True, kw_only=True):
    """What a submission may use: wall and processor seconds, memory above the start, output on the fixed example."""

    wall_s: int
    cpu_s: int
    memory_mib: int
    output_kib: int


class Misconception(_Record, frozen=True, kw_only=True):
    """A known way to get a step wrong: `formula` gives the wrong value, `message` explains it, by language."""

    id: str
    step: str
    formula: str
    message: dict[str, str]


class DataFile(_Record, frozen=True, kw_only=True):
    """A text file that submissions read: columns made of givens, below a line of names if there is a `header`."""

    columns: list[str]
    delimiter: str = ","
    header: list[str] = []


class ExerciseFile(_Record, frozen=True, kw_only=True):
    """The YAML file as it stands.

    `case`: what texts call a set of values for the givens, by language.
    `submission`: run the file as it stands, or its definitions only. `use`: lines that are run after it. `cases`:
    written by hand, each with all givens that differ from the lesson's, and a reason. `modules`, `files`: data made of
    givens. `editions`: the givens' numbers in other editions of the lesson.
    `forbid`, `require`: by function, what it must not or must use; "" is the whole submission.
    """

    title: dict[str, str]
    marker: str
    solution_marker: str
    givens: dict[str, Given]
    editions: list[dict[str, Any]] = []
    steps: list[ExerciseStep]
    bank: Drawing
    limits: Limits
    case: dict[str, str] = {}
    submission: Literal["script", "definitions"] = "script"
    use: str = ""
    cases: list[dict[str, Any]] = []
    modules: dict[str, dict[str, str]] = {}
    files: dict[str, DataFile] = {}
    forbid: dict[str, list[str]] = {}
    require: dict[str, list[str]] = {}


def parse_settings(file: Path, text: str) -> ExerciseFile:
    """Return the content of `exercise.yaml`, of the right types. Raises ExerciseError."""
    return _typed(file, _parsed(file, text), ExerciseFile)


def parse_misconceptions(file: Path, text: str) -> list[Misconception]:
    """Return the content of `misconceptions.yaml`, of the right types. Raises ExerciseError."""
    return _typed(file, _parsed(file, text) or [], list[Misconception])


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


def _parsed(file: Path, text: str) -> Any:
    try:
        content = yaml_reading.load(text)
        for _ in _places(content, ""):  # an alias inside what it stands for would send us round for ever
            pass
    except ValueError as error:  # also a number or date that Python cannot hold
        raise ExerciseError(f"{file}: {error}") from error
    except RecursionError as error:
        raise ExerciseError(f"{file}: top level: found content that contains itself") from error
    return content


def _typed(file: Path, content: Any, wanted: type[_Wanted]) -> _Wanted:
    try:
        return msgspec.convert(content, wanted)
    except msgspec.ValidationError as error:
        raise ExerciseError(f"{file}: {_with_found(str(error), content)}") from error


def _with_found(message: str, content: Any) -> str:
    """Put the key first and say what stands there."""
    match = _KEY.search(message)
    key = match["key"] if match is not None else ""
    if unknown := _UNKNOWN.search(message):
        place = next(_places(content, unknown["name"]), key)
        return f"{place}: unknown key; docs/exercises.md explains those there are"
    found: Any = content
    for part in re.findall(r"[^.\[\]]+", key):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            break
    return f"{key or 'top level'}: {_KEY.sub('', message)}; found {str(found)!r:.60}"


def _places(content: Any, key: str, path: str = "") -> Iterator[str]:
    """Yield where a key stands."""
    if isinstance(content, list):
        for index, value in enumerate(content):
            yield from _places(value, key, f"{path}[{index}]")
    elif isinstance(content, dict):
        for name, value in content.items():
            place = f"{path}.{name}".lstrip(".")
            if name == key:
                yield place
            yield from _places(value, key, place)
