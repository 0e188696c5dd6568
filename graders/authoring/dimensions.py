"""Which lengths of the givens are one dimension: found by running the solution with other lengths.

Axes of different length in the lesson are different dimensions. Those of the same length are one only where the
solution cannot do otherwise: of all ways to part them, the finest on which it still runs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.authoring.solution import Solution
from graders.errors import ExerciseError
from graders.exercise.calculation import read_calculation

Axis = tuple[str, int]
"""A given and the number of its axis."""

Compute = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""From values of the givens to the values of the steps; raises something on what does not fit."""

_WORDS = ("inputs", "hidden", "outputs")
_OTHER = (7, 11, 13, 17, 19, 23, 29, 31)
"""Lengths no lesson has, so that they are not mistaken for each other; also of the dimensions of a result."""

_LARGEST = 8
_MOST_AXES = 6
"""Of one length that are parted: there are 203 ways to part six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapePlan:
    """Shapes of the givens and results in named dimensions, and each dimension's smallest and largest length."""

    givens: Mapping[str, list[str]]
    results: Mapping[str, list[str]]
    dimensions: Mapping[str, tuple[int, int]]


@np.errstate(all="ignore")
def guess_plan(solution: Solution) -> ShapePlan:
    """Find out by running the solution. Raises ExerciseError if a result has a length of its own."""
    compute = read_calculation(solution.source, "solution", givens=solution.givens, wanted=solution.steps).values
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
    return ShapePlan(
        givens=shapes,
        results=_result_shapes(compute, solution.results, shapes, varying, fixed),
        dimensions={word: (1, _LARGEST) if varying[word] else (fixed[word], fixed[word]) for word in names},
    )


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
    compute: Compute,
    results: Sequence[str],
    shapes: Mapping[str, Sequence[str]],
    varying: Mapping[str, bool],
    fixed: Mapping[str, int],
) -> dict[str, list[str]]:
    lengths = {word: other if varying[word] else fixed[word] for word, other in zip(varying, _OTHER, strict=False)}
    values = compute({given: _numbers_of_shape([lengths[word] for word in words]) for given, words in shapes.items()})
    words = {length: word for word, length in reversed(lengths.items())}
    found = {}
    for result in results:
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
                name: _numbers_of_shape(
                    [changed.get((name, axis), lengths[name, axis]) for axis in range(np.ndim(value))]
                )
                for name, value in givens.items()
            }
        )
    except Exception:  # noqa: BLE001 - the solution is not for these lengths, whatever it raises
        return False
    return True


def _numbers_of_shape(shape: Sequence[int]) -> Any:
    return np.random.default_rng(0).uniform(0.1, 0.9, size=shape)


def _partitions(axes: Sequence[Axis]) -> Iterator[list[list[Axis]]]:
    """Yield the ways to part some axes, those with the most parts first."""
    if len(axes) > _MOST_AXES:
        yield [list(axes)]
        return
    for labels in sorted(_growing_labels(len(axes)), key=lambda labels: (-max(labels), labels)):
        parts: list[list[Axis]] = [[] for _ in range(max(labels) + 1)]
        for axis, label in zip(axes, labels, strict=True):
            parts[label].append(axis)
        yield parts


def _growing_labels(count: int) -> Iterator[tuple[int, ...]]:
    """Yield each way to part `count` things once, as the number of each thing's part.

    "Restricted growth strings": a part's number is at most one more than all before it, so that no two differ only in
    how the parts are numbered.
    """
    if not count:
        yield ()
        return
    for labels in _growing_labels(count - 1):
        for label in range(max(labels, default=-1) + 2):
            yield (*labels, label)
