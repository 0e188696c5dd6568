"""Which lengths of the givens are one dimension: found by running the solution with other lengths.

Axes of different length in the lesson are different dimensions. Those of the same length are one only where the
solution cannot do otherwise: of all ways to part them, the finest on which it still runs.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from graders.answers import Reference
from graders.authoring.solution import Solution
from graders.errors import ExerciseError
from graders.exercise import Exercise
from graders.exercise_file import ExerciseStep, Given, Limits, Networks

Axis = tuple[str, int]
"""A given and the number of its axis."""

Compute = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""From values of the givens to the values of the steps; raises ValueError and the like on what does not fit."""

_WORDS = ("inputs", "hidden", "outputs")
_OTHER = (7, 11, 13, 17, 19, 23, 29, 31)
"""Lengths no lesson has, so that they are not mistaken for each other; also of the dimensions of a result."""

_LARGEST = 8
_MOST_AXES = 6
"""Of one length that are parted: there are 203 ways to part six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Shapes of the givens and results in named dimensions, and each dimension's smallest and largest length."""

    givens: Mapping[str, list[str]]
    results: Mapping[str, list[str]]
    dimensions: Mapping[str, tuple[int, int]]


@np.errstate(all="ignore")
def guess_plan(name: str, solution: Solution) -> Plan:
    """Find out by running the solution. Raises ExerciseError if it fails, or a result has a length of its own."""
    compute = _runner(name, solution)
    lengths = {
        (given, axis): length for given, value in solution.givens.items() for axis, length in enumerate(np.shape(value))
    }
    groups = list(_groups(solution.givens, lengths, compute))
    names = [_WORDS[index] if index < len(_WORDS) else f"size_{index + 1}" for index in range(len(groups))]
    of_axis = {axis: word for word, (axes, _) in zip(names, groups, strict=True) for axis in axes}
    shapes = {
        given: [of_axis[given, axis] for axis in range(np.ndim(value))] for given, value in solution.givens.items()
    }
    varying = {word: varies for word, (_, varies) in zip(names, groups, strict=True)}
    fixed = {of_axis[axis]: length for axis, length in lengths.items()}
    return Plan(
        givens=shapes,
        results=_result_shapes(name, solution, shapes, varying, fixed),
        dimensions={word: (1, _LARGEST) if varying[word] else (fixed[word], fixed[word]) for word in names},
    )


def _runner(name: str, solution: Solution) -> Compute:
    """Return what computes the solution on other values; the exercise it needs is a provisional one."""
    provisional = Exercise(
        name=name,
        folder=Path(),
        title={},
        marker="",
        solution_marker="",
        givens={given: Given(shape=[], fixed=value, random=(0.0, 1.0)) for given, value in solution.givens.items()},
        steps=[ExerciseStep(name=step) for step in solution.steps],
        networks=Networks(count=1, dimensions={}),
        limits=Limits(wall_s=1, cpu_s=1, memory_mib=1, output_kib=1),
        reference_source=solution.source,
        sha256="",
    )
    return Reference(provisional).values


def _groups(
    givens: Mapping[str, Any], lengths: Mapping[Axis, int], compute: Compute
) -> Iterator[tuple[Sequence[Axis], bool]]:
    """Yield the axes of each dimension, in the order they appear, and whether its length may vary."""
    groups: list[tuple[Sequence[Axis], bool]] = []
    for length in dict.fromkeys(lengths.values()):
        axes = [axis for axis, own in lengths.items() if own == length]
        parted = next((parts for parts in _partitions(axes) if _runs(givens, lengths, parts, compute)), None)
        groups += [(part, True) for part in parted] if parted is not None else [(axes, False)]
    order = list(lengths)
    yield from sorted(groups, key=lambda group: min(order.index(axis) for axis in group[0]))


def _result_shapes(
    name: str,
    solution: Solution,
    shapes: Mapping[str, Sequence[str]],
    varying: Mapping[str, bool],
    fixed: Mapping[str, int],
) -> dict[str, list[str]]:
    lengths = {word: other if varying[word] else fixed[word] for word, other in zip(varying, _OTHER, strict=False)}
    values = _runner(name, solution)(
        {given: _numbers([lengths[word] for word in words]) for given, words in shapes.items()}
    )
    words = {length: word for word, length in reversed(lengths.items())}
    found = {}
    for result in solution.results:
        shape = np.shape(values[result])
        for length in shape:
            if length not in words:
                raise ExerciseError(f"{result}: its length {length} is none of the givens'; results must have theirs")
        found[result] = [words[length] for length in shape]
    return found


def _runs(
    givens: Mapping[str, Any], lengths: Mapping[Axis, int], parts: Sequence[Sequence[Axis]], compute: Compute
) -> bool:
    changed = {axis: other for part, other in zip(parts, _OTHER, strict=False) for axis in part}
    try:
        compute(
            {
                name: _numbers([changed.get((name, axis), lengths[name, axis]) for axis in range(np.ndim(value))])
                for name, value in givens.items()
            }
        )
    except (ValueError, IndexError, TypeError):
        return False
    return True


def _numbers(shape: Sequence[int]) -> Any:
    return np.random.default_rng(0).uniform(0.1, 0.9, size=shape)


def _partitions(axes: Sequence[Axis]) -> Iterator[list[list[Axis]]]:
    """Yield the ways to part some axes, those with the most parts first."""
    if len(axes) > _MOST_AXES:
        yield [list(axes)]
        return
    for count in range(len(axes), 0, -1):
        for choice in itertools.product(range(count), repeat=len(axes)):
            parts = [[axis for axis, own in zip(axes, choice, strict=True) if own == part] for part in range(count)]
            if all(parts) and [choice.index(part) for part in range(count)] == sorted(map(choice.index, range(count))):
                yield parts
