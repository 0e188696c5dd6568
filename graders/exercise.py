"""What is asked: an exercise's records, loaded from `exercises/<name>/exercise.yaml` and validated.

Every mistake in the file is one line: file, key, what was found, what was expected.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
import yaml

from graders.errors import ExerciseError, UsageError

Array = npt.NDArray[np.float64]
Network = Mapping[str, Array]
"""One value for each given."""

_MISCONCEPTIONS = "misconceptions.yaml"
_Record = TypeVar("_Record")
_KEY = re.compile(r" - at `\$\.?(?P<key>.*)`$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A name whose value the exercise sets. `shape` names dimensions; `also`: other names students give it."""

    shape: list[str]
    fixed: Any
    random: tuple[float, float]
    also: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points of a result on the fixed example and on the bank."""

    fixed: float
    bank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseStep:
    """A name a TODO asks for; one with points is a result.

    A result has the shape of the weights it `updates`, or else a `shape` of its own in named dimensions.
    `forms`: other right-hand sides that are as right as the reference's; they differ only on values of a wrong shape.
    """

    name: str
    also: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    updates: str | None = None
    shape: list[str] | None = None
    points: Points | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a value of the reference is informative: all elements `within` a range, or `apart` from zero."""

    within: tuple[float, float] | None = None
    apart: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Networks:
    """What random networks are like."""

    count: int
    dimensions: dict[str, tuple[int, int]]
    informative: dict[str, Condition] = field(default_factory=dict)
    both_signs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a submission may use: wall and processor seconds, memory above the start, output on the fixed example."""

    wall_s: int
    cpu_s: int
    memory_mib: int
    output_kib: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A known way to get a step wrong: `formula` gives the wrong value, `message` explains it, by language."""

    id: str
    step: str
    formula: str
    message: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The YAML file as it stands."""

    title: dict[str, str]
    marker: str
    solution_marker: str
    givens: dict[str, Given]
    steps: list[ExerciseStep]
    networks: Networks
    limits: Limits


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """An exercise and its reference's text, as read; `folder` holds the template and the notebook."""

    name: str
    folder: Path
    title: Mapping[str, str]
    marker: str
    solution_marker: str
    givens: Mapping[str, Given]
    steps: Sequence[ExerciseStep]
    networks: Networks
    limits: Limits
    reference_source: str
    sha256: str
    misconceptions_source: str = ""

    @cached_property
    def fixed(self) -> Network:
        """The lesson's network."""
        return {name: _read_only(given.fixed) for name, given in self.givens.items()}

    @cached_property
    def misconceptions(self) -> Sequence[Misconception]:
        """The known ways to get a step wrong; read when first asked for, since a right submission needs none."""
        file = self.folder / _MISCONCEPTIONS
        content = _parsed(file, self.misconceptions_source) or []
        items = _converted(file, content, list[Misconception], _misconception_records(content))
        for problem in _misconception_problems(items, [step.name for step in self.steps]):
            raise ExerciseError(f"{file}: {problem}")
        return items

    def fixed_shape(self, step: ExerciseStep) -> tuple[int, ...]:
        """Return the shape that a result must have on the fixed example."""
        if step.updates is not None:
            return self.fixed[step.updates].shape
        lengths = _lengths(self.givens)
        return tuple(lengths[dimension] for dimension in step.shape or ())

    @property
    def results(self) -> list[ExerciseStep]:
        """The steps that carry points, in order."""
        return [step for step in self.steps if step.points is not None]

    @property
    def max_points(self) -> float:
        """The points of a submission that is right throughout."""
        return sum(step.points.fixed + step.points.bank for step in self.steps if step.points is not None)


def root() -> Path:
    """Return the folder that holds `exercises/` and `reference/`: the checkout, or the installed package."""
    package = Path(__file__).resolve().parent
    return package.parent if (package.parent / "exercises").is_dir() else package / "content"


def exercise_names() -> list[str]:
    """Return the names of the exercises there are."""
    return sorted(path.parent.name for path in (root() / "exercises").glob("*/exercise.yaml"))


def load_exercise(name: str) -> Exercise:
    """Load and validate. Raises UsageError for an unknown name, ExerciseError for a mistake in the files."""
    names = exercise_names()
    if name not in names:
        raise UsageError(f"unknown exercise {name!r}; there are: {', '.join(names)}")
    return read_exercise(root() / "exercises" / name, root() / "reference" / f"{name}.py")


def read_exercise(folder: Path, reference: Path) -> Exercise:
    """Read an exercise's folder and its reference. Raises ExerciseError."""
    file, misconceptions = folder / "exercise.yaml", folder / _MISCONCEPTIONS
    text, reference_source = _text(file), _text(reference)
    misconceptions_source = _text(misconceptions) if misconceptions.exists() else ""
    parsed = _parsed(file, text)
    content = _converted(file, parsed, _File, _records(parsed))
    for problem in _problems(content):
        raise ExerciseError(f"{file}: {problem}")
    return Exercise(
        name=folder.name,
        folder=folder,
        title=content.title,
        marker=content.marker,
        solution_marker=content.solution_marker,
        givens=content.givens,
        steps=content.steps,
        networks=content.networks,
        limits=content.limits,
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


def _parsed(file: Path, text: str) -> Any:
    try:
        # The loader below is the safe one, written in C where the wheel has it.
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}:" if mark is not None else ""
        raise ExerciseError(f"{file}:{where} not valid YAML: {getattr(error, 'problem', None) or error}") from error


def _converted(file: Path, content: Any, record: type[_Record], records: Sequence[tuple[str, Any, type]]) -> _Record:
    """Turn plain content into records; `records`: every place in it with the record that belongs there."""
    try:
        _forbid_unknown(records)
        return msgspec.convert(content, record)
    except msgspec.ValidationError as error:
        raise ExerciseError(f"{file}: {_with_found(str(error), content)}") from error


def _with_found(message: str, content: Any) -> str:
    """Put the key first and say what stands there."""
    match = _KEY.search(message)
    if match is None:
        return message
    found: Any = content
    for part in re.findall(r"[^.\[\]]+", match["key"]):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            break
    return f"{match['key'] or 'top level'}: {message[: match.start()]}; found {str(found)!r:.60}"


def _forbid_unknown(records: Sequence[tuple[str, Any, type]]) -> None:
    """Refuse unknown keys, which msgspec lets pass in dataclasses."""
    for where, value, record in records:
        known = list(record.__dataclass_fields__)  # type: ignore[attr-defined]
        unknown = [key for key in value if key not in known] if isinstance(value, dict) else []
        if unknown:
            raise msgspec.ValidationError(f"{where}{unknown[0]}: unknown key; expected one of {', '.join(known)}")


def _records(content: Any) -> list[tuple[str, Any, type]]:
    """Return each mapping in `exercise.yaml` with its key and record."""
    if not isinstance(content, dict):
        return []
    steps, networks = _entries(content.get("steps")), content.get("networks")
    conditions = _entries(networks.get("informative")) if isinstance(networks, dict) else []
    return [
        ("", content, _File),
        *((f"givens.{name}.", value, Given) for name, value in _entries(content.get("givens"))),
        *((f"steps[{index}].", value, ExerciseStep) for index, value in steps),
        *(
            (f"steps[{index}].points.", value.get("points"), Points)
            for index, value in steps
            if isinstance(value, dict)
        ),
        ("networks.", networks, Networks),
        *((f"networks.informative.{name}.", value, Condition) for name, value in conditions),
        ("limits.", content.get("limits"), Limits),
    ]


def _misconception_records(content: Any) -> list[tuple[str, Any, type]]:
    return [(f"[{index}].", value, Misconception) for index, value in _entries(content)]


def _entries(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _problems(file: _File) -> Iterator[str]:
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


def _name_problems(file: _File) -> Iterator[str]:
    owners: dict[str, str] = {}
    named = [(f"givens.{name}", [name, *given.also]) for name, given in file.givens.items()]
    named += [(f"steps.{step.name}", [step.name, *step.also]) for step in file.steps]
    for owner, words in named:
        for word in words:
            if not word.isidentifier():
                yield f"{owner}: {word!r} is no Python name"
            if owners.setdefault(word, owner) != owner:
                yield f"{owner}: the name {word!r} already belongs to {owners[word]}"


def _lengths(givens: Mapping[str, Given]) -> dict[str, int]:
    """Return each dimension's length on the fixed example."""
    return {
        dimension: length
        for given in givens.values()
        for dimension, length in zip(given.shape, np.shape(given.fixed), strict=True)
    }


def _given_problems(file: _File) -> Iterator[str]:
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


def _step_problems(file: _File) -> Iterator[str]:
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


def _read_only(value: Any) -> Array:
    array = np.array(value, dtype=np.float64)
    array.flags.writeable = False
    return array
