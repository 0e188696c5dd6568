"""The bank of a run: random cases, recorded in a file or kept in the user's cache. Drawing: `draws.py`."""

import hashlib
import os
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from graders.errors import UsageError
from graders.exercise.asked import Array, Case, Exercise, read_only
from graders.exercise.reference import Reference
from graders.files import refused, write_atomically
from graders.messages import message
from graders.records import Record

_Decoded = TypeVar("_Decoded")

DEFAULT_SEED = 0
"""The published seed students grade themselves with."""

FEWEST = 10
"""Enough to grade on: so many caught all of 70 known mistakes in 99.85 % of trials (own measurement)."""

_WAY = "5"
"""Of drawing; another number wherever the same seed gives other cases, since the cache outlives the grader."""


class Bank(Record):
    """The cases every submission of a run is graded on. `seed` and `hypothesis`: how they were drawn.

    `parts`: of an exercise that is made of others, a bank each.
    """

    exercise: str
    seed: int | None
    hypothesis: str
    cases: Sequence[Case]
    sha256: str
    parts: "Sequence[Bank]" = ()


class _Recorded(Record):
    """`cases.json`. `sha256` is that of the cases as this file writes them."""

    exercise: str
    seed: int | None
    hypothesis: str
    sha256: str
    cases: list[dict[str, Any]]


def get_bank(
    exercise: Exercise,
    reference: Reference,
    *,
    seed: int,
    count: int,
    sizes: Mapping[str, int] | None = None,
    fewest: int = FEWEST,
) -> Bank:
    """Return the bank of this seed, from the user's cache or drawn now (and kept there if that can be written).

    `sizes`: lengths of dimensions, instead of random ones. `fewest`: see `draw_bank`.
    """
    hypothesis = hypothesis_version()
    shape = "x".join(map(str, (sizes or {}).values()))
    # All that decides which cases are drawn: whatever changes of it finds another file, or none.
    words = (exercise.name, exercise.sha256[:16], shape, seed, count, hypothesis, _WAY)
    path = cache_folder() / f"{'-'.join(str(word) for word in words if word != '')}.json"
    # A cache that somebody else can write to is not read, and not written either.
    is_private = _make_private(path.parent)
    with suppress(UsageError):  # missing, or damaged: drawn again
        bank = read_bank(path, exercise) if is_private else None
        if bank is not None and _is_drawn_so(bank, exercise, seed, count):
            return bank
    bank = draw_bank(exercise, reference, seed=seed, count=count, sizes=sizes, fewest=fewest)
    if is_private:
        with suppress(UsageError):
            write_bank(path, bank)
    return bank


@cache
def hypothesis_version() -> str:
    """Return the version that is installed, from the name of its metadata's folder: that needs no import."""
    spec = find_spec("hypothesis")
    if spec is not None and spec.origin is not None:
        # Two versions side by side cannot be told apart by a name: then it is asked properly.
        names = os.listdir(Path(spec.origin).parent.parent)
        found = [name for name in names if name.startswith("hypothesis-") and name.endswith(".dist-info")]
        if len(found) == 1:
            return found[0].removeprefix("hypothesis-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version("hypothesis")


def cache_folder() -> Path:
    """Return the user's cache folder for banks."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "exercise-grader"


def _is_drawn_so(bank: Bank, exercise: Exercise, seed: int, count: int) -> bool:
    fits = len(bank.cases) <= count + len(exercise.cases)
    return fits and bank.seed == seed and bank.hypothesis == hypothesis_version()


def _make_private(folder: Path) -> bool:
    """Make the cache, and tell whether nobody else can write there: whoever can, chooses what others are graded on."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    if not hasattr(os, "geteuid"):
        return True
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022


def draw_bank(
    exercise: Exercise,
    reference: Reference,
    *,
    seed: int,
    count: int,
    sizes: Mapping[str, int] | None = None,
    fewest: int = FEWEST,
) -> Bank:
    """Draw a bank; see `draw_cases`. Raises ExerciseError."""
    # With it come Hypothesis and the reading of scripts, which a bank that was kept needs not.
    from graders.exercise.draws import draw_cases

    drawn = draw_cases(exercise, reference, seed=seed, count=count, sizes=sizes, fewest=fewest)
    # Those written by hand come first: the most telling ones, whatever the seed.
    cases = [*exercise.cases, *drawn] if sizes is None else drawn
    return _bank(exercise.name, seed, hypothesis_version(), cases)


def write_bank(path: Path, bank: Bank) -> None:
    """Record a bank, atomically. Raises UsageError."""
    write_atomically(path, encode_bank(bank))


def joint_bank(exercise: str, parts: Sequence[Bank]) -> Bank:
    """Return the bank of an exercise that is made of others."""
    sha256 = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    cases = [case for part in parts for case in part.cases]
    seed, hypothesis = parts[0].seed, parts[0].hypothesis  # one run draws them all
    return Bank(exercise=exercise, seed=seed, hypothesis=hypothesis, cases=cases, sha256=sha256, parts=parts)


def encode_bank(bank: Bank) -> bytes:
    """Return what a recorded bank's file holds; of several parts a list."""
    return msgspec.json.encode(list(map(_recorded, bank.parts)) if bank.parts else _recorded(bank))


def _recorded(bank: Bank) -> _Recorded:
    return _Recorded(
        exercise=bank.exercise,
        seed=bank.seed,
        hypothesis=bank.hypothesis,
        sha256=bank.sha256,
        cases=[{name: value.tolist() for name, value in case.items()} for case in bank.cases],
    )


def read_bank(path: Path, exercise: Exercise) -> Bank:
    """Read a recorded bank. Raises UsageError if it is missing, damaged or another exercise's."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refused("bank.unread", path, error) from error
    return decode_bank(data, exercise, path)


def decode_bank(data: bytes, exercise: Exercise, path: Path | str) -> Bank:
    """Take a recorded bank's file apart; `path`: how to name it. Raises UsageError if it is damaged."""
    if not exercise.parts:
        return _undamaged(_read_as(data, _Recorded, path), exercise, path)
    recorded = _read_as(data, list[_Recorded], path)
    if len(recorded) != len(exercise.parts):
        raise UsageError(message("bank.parts", path=str(path), found=len(recorded), expected=len(exercise.parts)))
    pairs = zip(recorded, exercise.parts, strict=True)
    return joint_bank(exercise.name, [_undamaged(own, part, path) for own, part in pairs])


def _read_as(data: bytes, kind: type[_Decoded], path: Path | str) -> _Decoded:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(message("bank.none", path=str(path), reason=str(error))) from error


def _undamaged(recorded: _Recorded, exercise: Exercise, path: Path | str) -> Bank:
    if recorded.exercise != exercise.name:
        raise UsageError(message("bank.other", path=str(path), theirs=recorded.exercise, exercise=exercise.name))
    cases = [_as_case(path, exercise, values) for values in recorded.cases]
    # The sum is computed again from what was read: a file that was edited has another one.
    bank = _bank(recorded.exercise, recorded.seed, recorded.hypothesis, cases)
    if bank.sha256 != recorded.sha256 or not cases:
        raise UsageError(message("bank.damaged", path=str(path)))
    return bank


def _as_case(path: Path | str, exercise: Exercise, values: Mapping[str, Any]) -> Case:
    case: dict[str, Array] = {}
    lengths: dict[str, int] = {}
    for name, given in exercise.givens.items():
        try:
            value = np.array(values[name], dtype=np.float64)
        except (KeyError, ValueError, TypeError) as error:
            raise UsageError(message("bank.lacks", path=str(path), name=name)) from error
        fits = value.ndim == len(given.shape) and bool(np.isfinite(value).all()) and value.size > 0
        for dimension, length in zip(given.shape, value.shape, strict=False):
            expected = dimension if isinstance(dimension, int) else lengths.setdefault(dimension, length)
            fits = fits and expected == length
        if not fits:
            raise UsageError(
                message(
                    "bank.shape", path=str(path), name=name, found=str(list(value.shape)), expected=str(given.shape)
                )
            )
        case[name] = read_only(value)
    return case


def _bank(exercise: str, seed: int | None, hypothesis: str, cases: Sequence[Case]) -> Bank:
    plain = [{name: value.tolist() for name, value in case.items()} for case in cases]
    # Of numbers and not of the file: line ends and spaces make no other bank.
    text = msgspec.json.encode([exercise, plain])
    sha256 = hashlib.sha256(text).hexdigest()
    return Bank(exercise=exercise, seed=seed, hypothesis=hypothesis, cases=cases, sha256=sha256)
