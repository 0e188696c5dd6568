"""`exercise.yaml` and `misconceptions.yaml`, read and converted to the records of `content.py`.

Every mistake is one line: file, key, what was found, what was expected. What can be wrong beyond types: `problems.py`.
"""

import re
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from graders import yaml_reading
from graders.errors import ExerciseError
from graders.exercise.content import ExerciseFile, JointFile, Misconception

_Wanted = TypeVar("_Wanted")
_KEY = r" - at `\$\.?(?P<key>.*)`$"
_KEYS = {"where": "in"}
"""By field, its key in the file, where that is a word of Python's own."""


class _UnknownKeyError(Exception):
    """A key is not explained; the text is its place."""


def parse_settings(file: Path, text: str) -> ExerciseFile | JointFile:
    """Return the content of `exercise.yaml`, of the right types. Raises ExerciseError."""
    content = _parsed(file, text)
    if isinstance(content, dict) and "parts" in content:
        return _typed(file, {**content, "parts": _with_names(content["parts"])}, JointFile)
    return _typed(file, content, ExerciseFile)


def _with_names(parts: Any) -> Any:
    """Return the parts with a mapping for each that is a name alone."""
    if not isinstance(parts, list):
        return parts
    return [{"exercise": part} if isinstance(part, str) else part for part in parts]


def parse_misconceptions(file: Path, text: str) -> list[Misconception]:
    """Return the content of `misconceptions.yaml`, of the right types. Raises ExerciseError."""
    return _typed(file, _parsed(file, text) or [], list[Misconception])


def _parsed(file: Path, text: str) -> Any:
    try:
        content = yaml_reading.load(text)
        _visit(content)  # an alias inside what it stands for would send us round for ever
    except ValueError as error:  # also a number or date that Python cannot hold
        raise ExerciseError(f"{file}: {error}") from error
    except RecursionError as error:
        raise ExerciseError(f"{file}: top level: found content that contains itself") from error
    return content


def _typed(file: Path, content: Any, wanted: type[_Wanted]) -> _Wanted:
    try:
        return msgspec.convert(_with_fields(content, wanted), wanted)
    except msgspec.ValidationError as error:
        raise ExerciseError(f"{file}: {_with_found(str(error), content)}") from error
    except _UnknownKeyError as error:
        raise ExerciseError(f"{file}: {error}: unknown key; docs/exercises.md explains those there are") from error


def _with_fields(content: Any, wanted: Any, place: str = "") -> Any:
    """Return content with the fields of records in place of their keys.

    Raises _UnknownKeyError with the place of a key that is no field; msgspec lets those of a dataclass pass.
    """
    if isinstance(content, list):
        return [_with_fields(item, _part_of(wanted), f"{place}[{index}]") for index, item in enumerate(content)]
    if not isinstance(content, dict):
        return content
    wanted = _stated(wanted)  # `Points | None` is a record that may be left out
    is_record = is_dataclass(wanted)
    kinds = _fields(wanted) if is_record else {}
    found = {}
    for key, value in content.items():
        inner = f"{place}.{key}".lstrip(".")
        if is_record and key not in kinds:
            raise _UnknownKeyError(inner)
        name, kind = kinds.get(key, (key, _part_of(wanted)))
        found[name] = _with_fields(value, kind, inner)
    return found


@cache
def _fields(record: type) -> dict[str, tuple[str, Any]]:
    """Return the fields of a record and their types, by their key in the file."""
    return {_KEYS.get(name, name): (name, kind) for name, kind in get_type_hints(record).items()}


@cache
def _part_of(wanted: Any) -> Any:
    """Return the type of what is in a list or mapping of this type."""
    return (get_args(_stated(wanted)) or (Any,))[-1]


@cache
def _stated(wanted: Any) -> Any:
    """Return a type without the None that it may be instead."""
    choices = get_args(wanted)
    return choices[0] if choices[1:] == (NoneType,) else wanted


def _with_found(message: str, content: Any) -> str:
    """Put the key first and say what stands there."""
    match = re.search(_KEY, message)
    fields = match["key"].split(".") if match is not None else []
    key = ".".join(_KEYS.get(name, name) for name in fields)
    found: Any = content
    for part in re.findall(r"[^.\[\]]+", key):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            break
    return f"{key or 'top level'}: {re.sub(_KEY, '', message)}; found {str(found)!r:.60}"


def _visit(content: Any) -> None:
    """Go through everything; content that contains itself raises RecursionError."""
    for part in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        _visit(part)
