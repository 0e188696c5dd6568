"""What can be wrong with the givens in `exercise.yaml` beyond types; each problem is one line, as in `problems.py`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from graders.exercise.content import ExerciseFile, Given
from graders.inside.arrays import Array

# Of a range: its values are exact decimals, and their squares still are numbers.
_LARGEST_NUMBER = 1e12


def given_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong with givens, in the lesson and in its other editions."""
    if not file.givens:
        yield "givens: found none, expected at least one"
    lengths: dict[str, int] = {}
    for name, given in file.givens.items():
        place = f"givens.{name}"
        yield from _dimension_problems(place, given, file.bank.dimensions)
        yield from _fixed_problems(f"{place}.fixed", given, lengths)
        yield from _range_problems(place, given, file.bank.dimensions)
    yield from _edition_problems(file)


def _dimension_problems(place: str, given: Given, declared: Collection[str]) -> Iterator[str]:
    for dimension in given.shape:
        if isinstance(dimension, int):
            if dimension < 1:
                yield f"{place}.shape: found {dimension}, expected a length of at least 1"
        elif dimension not in declared:
            known = ", ".join(declared) or "none"
            yield f"{place}.shape: found {dimension!r}, expected one of bank.dimensions ({known})"


def _fixed_problems(place: str, given: Given, lengths: dict[str, int]) -> Iterator[str]:
    """Yield what is wrong with the lesson's value; `lengths`: those of dimensions in the givens above, added to."""
    fixed, found = _numbers_in(given), f"{str(given.fixed)!r:.60}"
    if fixed is None:
        shape = list(given.shape)
        expected = f"one of {', '.join(map(str, given.words))}" if given.words else f"numbers of shape {shape}"
        yield f"{place}: found {found}, expected {expected}"
        return
    is_finite = bool(np.isfinite(fixed).all())
    if not fixed.size or not is_finite:
        yield f"{place}: found {found}, expected finite numbers, at least one"
    if fixed.ndim != len(given.shape):
        yield f"{place}: found shape {list(fixed.shape)}, expected {list(given.shape)}"
    for dimension, length in zip(given.shape, fixed.shape, strict=False):  # as far as they go side by side
        yield from _length_problems(place, dimension, length, lengths)
    if given.is_whole and is_finite and (fixed != np.round(fixed)).any():
        yield f"{place}: found {found}, expected whole numbers"


def _length_problems(place: str, dimension: str | int, length: int, lengths: dict[str, int]) -> Iterator[str]:
    if isinstance(dimension, int):
        if dimension != length:
            yield f"{place}: found length {length}, expected {dimension} as in its shape"
    elif lengths.setdefault(dimension, length) != length:
        yield f"{place}: found {length} for {dimension}, expected {lengths[dimension]} as in the givens above"


def _edition_problems(file: ExerciseFile) -> Iterator[str]:
    for number, edition in enumerate(file.editions):
        if edition.keys() != file.givens.keys():
            yield f"editions[{number}]: found {', '.join(edition)}, expected {', '.join(file.givens)}"
        lengths = dict[str, int]()
        for name in sorted(file.givens.keys() & edition.keys()):
            given = file.givens[name].replaced(fixed=edition[name])
            yield from _fixed_problems(f"editions[{number}].{name}", given, lengths)


def written_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong with the cases written by hand."""
    for index, values in enumerate(file.cases):
        place = f"cases[{index}]"
        why = values.get("why")
        if not isinstance(why, dict) or set(why) != {"en", "zh"}:
            yield f"{place}.why: found {str(why)!r:.60}, expected en and zh"
        lengths: dict[str, int] = {}
        for name, value in {**{name: given.fixed for name, given in file.givens.items()}, **values}.items():
            if name in file.givens:
                changed = file.givens[name].replaced(fixed=value)
                yield from _fixed_problems(f"{place}.{name}", changed, lengths)
            elif name != "why":
                yield f"{place}: found {name!r}, expected givens ({', '.join(file.givens)}) and why"


def _numbers_in(given: Given) -> Array | None:
    try:
        return np.array(given.numbers, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):  # rows of different lengths, texts, a number beyond floating point
        return None


def _range_problems(place: str, given: Given, dimensions: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Yield what is wrong with what a given is drawn from."""
    ways = [key for key in ("random", "powers", "integers", "choice") if getattr(given, key) is not None]
    if len(ways) != 1:
        found = " and ".join(ways) or "none"
        yield f"{place}: found {found}, expected one of random, powers, integers, choice"
        return
    place, drawn_from = f"{place}.{ways[0]}", getattr(given, ways[0])
    match ways[0]:
        case "integers":
            low, high = drawn_from
            yield from _integer_problems(place, low, high, dimensions)
        case "choice":
            yield from _choice_problems(place, drawn_from)
        case "powers":
            yield from _power_problems(place, *drawn_from)
        case _:
            yield from _real_problems(place, *drawn_from)


def _choice_problems(place: str, choice: Sequence[Any]) -> Iterator[str]:
    # Compared as texts: lists and mappings have no hash, and 1 is not True to a reader of the file.
    if len(choice) < 2 or len(set(map(str, choice))) < len(choice):
        yield f"{place}: found {choice}, expected at least two different ones"


def _power_problems(place: str, low: float, high: float) -> Iterator[str]:
    problems = list(_real_problems(place, low, high))
    if not problems and (low <= 0 or high < 10 * low):
        problems.append(f"{place}: found [{low}, {high}], expected powers of ten above 0, such as [0.001, 10]")
    yield from problems


def _real_problems(place: str, low: float, high: float) -> Iterator[str]:
    if not low < high:  # so it is, too, where one is not a number
        yield f"{place}: found [{low}, {high}], expected [smallest, largest]"
    elif max(abs(low), abs(high)) > _LARGEST_NUMBER:
        yield f"{place}: found [{low}, {high}], expected numbers up to {_LARGEST_NUMBER:g}"


def _integer_problems(
    place: str, low: int, high: int | str, dimensions: Mapping[str, tuple[int, int]]
) -> Iterator[str]:
    if isinstance(high, str):
        if high not in dimensions:
            known = ", ".join(dimensions) or "none"
            yield f"{place}: found {high!r}, expected a number or one of bank.dimensions ({known})"
        elif low >= dimensions[high][0]:
            yield f"{place}: found {low}, which is not below the shortest {high} ({dimensions[high][0]})"
    elif not low < high:
        yield f"{place}: found [{low}, {high}], expected [smallest, largest]"
    elif max(abs(low), abs(high)) > _LARGEST_NUMBER:
        yield f"{place}: found [{low}, {high}], expected numbers up to {_LARGEST_NUMBER:g}"
