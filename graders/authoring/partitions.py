"""The ways in which axes of one length may belong together."""

import re
from collections.abc import Iterator, Sequence

Axis = tuple[str, int]
"""A given and the number of its axis."""

_SQUARE = re.compile(r"matrix|adjacen|transition|covar|hessian|laplac|(^|_)(mat|cov|graph)$|(^|_)[A-HK-UZ]$")
"""Names of matrices that stay square where the lesson's are."""

_MOST_AXES = 6
"""Of one length that are parted: there are 203 ways to part six."""


def partitions_of(axes: Sequence[Axis]) -> Iterator[list[list[Axis]]]:
    """Yield the ways to part some axes, those with the most parts first."""
    square = [{(name, 0), (name, 1)} for name, _ in axes if _SQUARE.search(name)]
    for parts in _all_partitions(axes):
        # Not tried apart: the solution may put up with other matrices, and a student's need not.
        if not any(len(pair.intersection(part)) == 1 for pair in square if pair <= set(axes) for part in parts):
            yield parts


def _all_partitions(axes: Sequence[Axis]) -> Iterator[list[list[Axis]]]:
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
