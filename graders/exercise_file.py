"""What stands in `exercise.yaml` and `misconceptions.yaml`: their records, and what can be wrong with them.

Every mistake is one line: file, key, what was found, what was expected.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import yaml

from graders.errors import ExerciseError

_Wanted = TypeVar("_Wanted")
_KEY = re.compile(r" - at `\$\.?(?P<key>.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]*)`")


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping in a file. No dataclass, since msgspec would let its unknown keys pass."""


class Given(_Record, frozen=True, kw_only=True):
    """A name whose value the exercise sets. `shape` names dimensions; `also`: other names students give it."""

    shape: list[str]
    fixed: Any
    random: tuple[float, float]
    also: list[str] = []


class Points(_Record, frozen=True, kw_only=True):
    """Points of a result on the fixed example and on the bank."""

    fixed: float
    bank: float


class ExerciseStep(_Record, frozen=True, kw_only=True):
    """A name a TODO asks for; one with points is a result.

    A result has the shape of the weights it `updates`, or else a `shape` of its own in named dimensions.
    `published`: the right-hand side in the lesson's own solution, where it is not the reference's; a copy with exactly
    the published steps, beside another one in a notebook, is the lesson's and not the student's.
    `forms`: other right-hand sides that are as right as the reference's; they differ only on values of a wrong shape.
    """

    name: str
    also: list[str] = []
    forms: list[str] = []
    published: str | None = None
    updates: str | None = None
    shape: list[str] | None = None
    points: Points | None = None


class Condition(_Record, frozen=True, kw_only=True):
    """When a value of the reference is informative: all elements `within` a range, or `apart` from zero."""

    within: tuple[float, float] | None = None
    apart: float | None = None


class Networks(_Record, frozen=True, kw_only=True):
    """What random networks are like."""

    count: int
    dimensions: dict[str, tuple[int, int]]
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


class ExerciseFile(_Record, frozen=True, kw_only=True):
    """The YAML file as it stands."""

    title: dict[str, str]
    marker: str
    solution_marker: str
    givens: dict[str, Given]
    steps: list[ExerciseStep]
    networks: Networks
    limits: Limits


def read_settings(file: Path, text: str) -> ExerciseFile:
    """Return the content of `exercise.yaml`. Raises ExerciseError."""
    content = _converted(file, _parsed(file, text), ExerciseFile)
    for problem in _problems(content):
        raise ExerciseError(f"{file}: {problem}")
    return content


def read_misconceptions(file: Path, text: str, steps: Sequence[str]) -> list[Misconception]:
    """Return the content of `misconceptions.yaml`. Raises ExerciseError."""
    items = _converted(file, _parsed(file, text) or [], list[Misconception])
    for problem in _misconception_problems(items, steps):
        raise ExerciseError(f"{file}: {problem}")
    return items


def fixed_lengths(givens: Mapping[str, Given]) -> dict[str, int]:
    """Return each dimension's length on the fixed example."""
    return {
        dimension: length
        for given in givens.values()
        for dimension, length in zip(given.shape, np.shape(given.fixed), strict=True)
    }


def _parsed(file: Path, text: str) -> Any:
    try:
        # The loader below is the safe one, written in C where the wheel has it.
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}:" if mark is not None else ""
        raise ExerciseError(f"{file}:{where} not valid YAML: {getattr(error, 'problem', None) or error}") from error


def _converted(file: Path, content: Any, wanted: type[_Wanted]) -> _Wanted:
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


def _problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong beyond types."""
    yield from _name_problems(file)
    yield from _given_problems(file)
    yield from _step_problems(file)
    if set(file.title) != {"en", "zh"}:
        yield f"title: found {sorted(file.title)}, expected en and zh"
    for name, (low, high) in file.networks.dimensions.items():
        if not 1 <= low <= high:
            yield f"networks.dimensions.{name}: found [{low}, {high}], expected 1 ≤ smallest ≤ largest"
    if file.networks.count < 1:
        yield f"networks.count: found {file.networks.count}, expected at least 1"
    for name, value in (
        ("wall_s", file.limits.wall_s),
        ("cpu_s", file.limits.cpu_s),
        ("memory_mib", file.limits.memory_mib),
        ("output_kib", file.limits.output_kib),
    ):
        if value < 1:
            yield f"limits.{name}: found {value}, expected at least 1"


def _misconception_problems(items: Sequence[Misconception], steps: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.step not in steps:
            yield f"[{index}].step: found {item.step!r}, expected one of {', '.join(steps)}"
        if item.id in seen:
            yield f"[{index}].id: {item.id!r} is there twice"
        if set(item.message) != {"en", "zh"}:
            yield f"[{index}].message: found {sorted(item.message)}, expected en and zh"
        seen.add(item.id)


def _name_problems(file: ExerciseFile) -> Iterator[str]:
    owners: dict[str, str] = {}
    named = [(f"givens.{name}", [name, *given.also]) for name, given in file.givens.items()]
    named += [(f"steps.{step.name}", [step.name, *step.also]) for step in file.steps]
    for owner, words in named:
        for word in words:
            if not word.isidentifier():
                yield f"{owner}: {word!r} is no Python name"
            if owners.setdefault(word, owner) != owner:
                yield f"{owner}: the name {word!r} already belongs to {owners[word]}"


def _given_problems(file: ExerciseFile) -> Iterator[str]:
    lengths: dict[str, int] = {}
    if not file.givens:
        yield "givens: found none, expected at least one"
    for name, given in file.givens.items():
        for dimension in given.shape:
            if dimension not in file.networks.dimensions:
                declared = ", ".join(file.networks.dimensions) or "none"
                yield f"givens.{name}.shape: found {dimension!r}, expected one of networks.dimensions ({declared})"
        try:
            fixed = np.array(given.fixed, dtype=np.float64)
        except (TypeError, ValueError):
            yield f"givens.{name}.fixed: found {str(given.fixed)!r:.60}, expected numbers of shape {given.shape}"
            continue
        if fixed.ndim != len(given.shape):
            yield f"givens.{name}.fixed: found shape {list(fixed.shape)}, expected {given.shape}"
        for dimension, length in zip(given.shape, fixed.shape, strict=False):
            if lengths.setdefault(dimension, length) != length:
                yield (
                    f"givens.{name}.fixed: found {length} for {dimension}, expected {lengths[dimension]} "
                    "as in the givens above"
                )
        if not given.random[0] < given.random[1]:
            yield f"givens.{name}.random: found {list(given.random)}, expected [smallest, largest]"


def _step_problems(file: ExerciseFile) -> Iterator[str]:
    if not any(step.points for step in file.steps):
        yield "steps: none has points, expected at least one result"
    for index, step in enumerate(file.steps):
        if step.points is not None:
            if min(step.points.fixed, step.points.bank) < 0:
                yield f"steps[{index}].points: found {step.points.fixed} and {step.points.bank}, expected none below 0"
            if (step.updates is None) == (step.shape is None):
                found = "missing" if step.updates is None else "found beside shape"
                yield (
                    f"steps[{index}].updates: {found}; expected the given whose shape {step.name} must have, or else "
                    "its own shape"
                )
        if step.updates is not None and step.updates not in file.givens:
            yield f"steps[{index}].updates: found {step.updates!r}, expected one of {', '.join(file.givens)}"
        known = {dimension for given in file.givens.values() for dimension in given.shape}
        for dimension in step.shape or ():
            if dimension not in known:
                yield f"steps[{index}].shape: found {dimension!r}, expected a dimension of the givens"
