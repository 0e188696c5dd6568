"""Which lengths of the givens are one dimension: found by running the solution with other lengths.

Axes of different length in the lesson are different dimensions. Those of the same length are one only where the
solution cannot do otherwise: of all ways to part them, the finest on which it still runs, longer or shorter first.
"""

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.forms import is_numeric, is_same
from graders.authoring.partitions import Axis, partitions_of
from graders.authoring.resizing import lengthened, resized
from graders.records import Record

Compute = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""From values of the givens to those of the results; raises something on what does not fit."""

_WORDS = ("inputs", "hidden", "outputs")
_OTHER = (7, 11, 13, 17, 19, 23, 29, 31)
"""Lengths no lesson has, so that they are not mistaken for each other; also of the dimensions of a result."""

# Up to here lengths are tried one by one, each with a run of the solution.
_LARGEST = 8

_NEARLY, _TURNS = 2, 3
"""Lengths that differ by no more may belong together; so often is tried what more of one changes."""


class _Dimension(NamedTuple):
    """Axes that have one length together. `varies`: whether it may be another than the lesson's."""

    axes: Sequence[Axis]
    varies: bool


class ShapePlan(Record):
    """Shapes of the givens and results in named dimensions, and each dimension's smallest and largest length.

    A result's axis whose length is no dimension's is a number, its length in the lesson, or `None` if it varies.
    """

    givens: Mapping[str, list[str | int]]
    results: Mapping[str, list[str | int | None]]
    dimensions: Mapping[str, tuple[int, int]]
    lengths: Mapping[str, int]


@np.errstate(all="ignore")
def guess_plan(
    givens: Mapping[str, Any],
    compute: Compute,
    counts: Sequence[int] = (),
    kept: Collection[Axis] = (),
    brief: Compute | None = None,
) -> ShapePlan:
    """Find out by running; with `brief`, no length is drawn on which that takes much longer than in the lesson.

    `counts`: whole numbers that the example hands to the solution, which may be lengths. `kept`: axes whose length
    belongs to the exercise; so does that of a column or row, 1.
    """
    own = {name: np.shape(value) for name, value in givens.items() if is_numeric(value) or np.ndim(value)}
    lengths = _open_lengths(own, kept)
    found = _kept_counts(list(_groups(givens, lengths, compute)), lengths, counts)
    dimensions = dict(zip(_dimension_names(), found))  # noqa: B905 - names without end
    fixed = {word: lengths[each.axes[0]] for word, each in dimensions.items()}
    shapes = _named_shapes(own, dimensions)
    bounds = {
        word: _bounds(word, givens, shapes, fixed, brief or compute) if each.varies else (fixed[word], fixed[word])
        for word, each in dimensions.items()
    }
    other_lengths, values = _other_example(compute, givens, shapes, dimensions, fixed)
    return ShapePlan(
        givens=shapes,
        results=_result_shapes(other_lengths, values, fixed, compute(dict(givens))),
        dimensions=bounds,
        lengths=fixed,
    )


def _open_lengths(shapes: Mapping[str, Sequence[int]], kept: Collection[Axis]) -> dict[Axis, int]:
    """Return the lengths that may be those of a dimension."""
    axes = {(given, axis): length for given, shape in shapes.items() for axis, length in enumerate(shape)}
    # A length of 1 says that there is one row or column, and what is broadcast over it would fit any other length.
    return {axis: length for axis, length in axes.items() if length > 1 and axis not in kept}


def _named_shapes(
    shapes: Mapping[str, Sequence[int]], dimensions: Mapping[str, _Dimension]
) -> dict[str, list[str | int]]:
    """Return the shapes with the word of its dimension for each length that belongs to one."""
    of_axis = {axis: word for word, each in dimensions.items() for axis in each.axes}
    return {
        given: [of_axis.get((given, axis), length) for axis, length in enumerate(shape)]
        for given, shape in shapes.items()
    }


def _dimension_names() -> Iterator[str]:
    """Yield words for dimensions, those of a network first: the author renames them."""
    yield from _WORDS
    yield from (f"size_{number}" for number in itertools.count(len(_WORDS) + 1))


def _kept_counts(
    groups: Sequence[_Dimension], lengths: Mapping[Axis, int], counts: Sequence[int]
) -> Iterator[_Dimension]:
    """Yield the dimensions; where the example names a length as a number, `Network(3, 2)`, it cannot vary.

    Of several of this length it is meant for those that are columns somewhere: nobody names the number of records.
    """
    for axes, varies in groups:
        own = lengths[axes[0]]
        rivals = [each for each, _ in groups if lengths[each[0]] == own]
        has_columns = [any(axis > 0 for _, axis in each) for each in rivals]
        meant = own in counts and (not any(has_columns) or any(axis > 0 for _, axis in axes))
        yield _Dimension(axes, varies and not meant)


def _groups(givens: Mapping[str, Any], lengths: Mapping[Axis, int], compute: Compute) -> Iterator[_Dimension]:
    """Yield the dimensions in the order in which they appear."""
    groups: list[_Dimension] = []
    # Axes of different length are never one dimension; only those of the same length have to be told apart.
    for length in dict.fromkeys(lengths.values()):
        axes = [axis for axis, own in lengths.items() if own == length]
        groups += _parted(givens, lengths, axes, compute)
    order = list(lengths)
    yield from sorted(groups, key=lambda group: min(order.index(axis) for axis in group.axes))


def _parted(
    givens: Mapping[str, Any], lengths: Mapping[Axis, int], axes: Sequence[Axis], compute: Compute
) -> list[_Dimension]:
    """Return the first division with whose lengths the solution runs; where none does, all stay as they are."""
    for division in _divisions(axes):
        if _runs(givens, lengths, [each.axes for each in division if each.varies], compute):
            return division
    return [_Dimension(axes, varies=False)]


def _divisions(axes: Sequence[Axis]) -> Iterator[list[_Dimension]]:
    """Yield what axes of one length may be, the finest parts first: all of them vary, or all but one."""
    partitions = list(partitions_of(axes))
    for parts in partitions:
        yield [_Dimension(part, varies=True) for part in parts]
    # Only then: what stays as in the lesson is never tried out, so it is asked of as little as possible.
    for parts in partitions:
        for kept in parts if len(parts) > 1 else ():
            yield [_Dimension(part, part is not kept) for part in parts]


def _bounds(
    word: str,
    givens: Mapping[str, Any],
    shapes: Mapping[str, Sequence[str | int]],
    fixed: Mapping[str, int],
    compute: Compute,
) -> tuple[int, int]:
    """Return the smallest and largest length, up to eight, on which the solution has an answer."""

    def works(length: int) -> bool:
        lengths = {**fixed, word: length}
        values = {given: [_length(each, lengths) for each in words] for given, words in shapes.items()}
        return has_answer(lambda: compute(_resized(givens, values)))

    # From the ends inwards: what fails in between (a length must be even, say) is drawn and thrown away.
    own = fixed[word]
    if _is_surplus(word, givens, shapes, fixed, compute):
        return own, own
    # A table keeps two columns: right ways differ on a single one, of which `np.cov` makes no matrix.
    least = 2 if any(word in words[1:] for words in shapes.values()) else 1
    low = next((length for length in range(least, own) if works(length)), own)
    high = next((length for length in range(max(_LARGEST, own), own, -1) if works(length)), own)
    return low, high


def _is_surplus(
    word: str,
    givens: Mapping[str, Any],
    shapes: Mapping[str, Sequence[str | int]],
    fixed: Mapping[str, int],
    compute: Compute,
) -> bool:
    """Tell whether what a dimension has more than in the lesson is not looked at.

    A diagonal is one longer than what stands beside it; where a loop runs over the diagonal, nobody notices more. Nor
    do they of columns that are read one by one (`p[:, 0]`, `p[:, 1]`), where another right way may take each row apart.
    """
    own = fixed[word]
    is_column = any(word in words[1:] for words in shapes.values())
    if not is_column and not any(0 < abs(length - own) <= _NEARLY for length in fixed.values()):
        return False
    lengths = {**fixed, word: own + _LARGEST}
    longer = {name: [_length(each, lengths) for each in words] for name, words in shapes.items() if word in words}

    def results(turn: int) -> Mapping[str, Any]:
        return compute({**givens, **{name: lengthened(givens[name], shape, turn) for name, shape in longer.items()}})

    lesson = compute(dict(givens))
    try:
        return all(_are_same(results(turn), lesson) for turn in range(_TURNS))
    except (Exception, SystemExit):  # noqa: BLE001 - more of it does not fit: it is looked at
        return False


def _are_same(values: Mapping[str, Any], others: Mapping[str, Any]) -> bool:
    return all(is_same(value, others[name]) for name, value in values.items())


def _length(word: str | int, lengths: Mapping[str, int]) -> int:
    return lengths[word] if isinstance(word, str) else word


def has_answer(compute: Callable[[], Mapping[str, Any]]) -> bool:
    """Say if the solution runs to its end and all its numbers are finite."""
    try:
        values = compute()
    except (Exception, SystemExit):  # noqa: BLE001 - the solution is not for these values, whatever it raises
        return False
    return all(np.isfinite(np.asarray(value, float)).all() for value in values.values() if is_numeric(value))


def _result_shapes(
    lengths: dict[str, int], values: Mapping[str, Any], fixed: Mapping[str, int], lesson: Mapping[str, Any]
) -> dict[str, list[str | int | None]]:
    """Return the shapes of the results, in the words of the dimensions whose lengths they have on another example.

    `lengths`, `values`: that example's; `fixed`, `lesson`: the lesson's own, whose lengths must be these, too.
    """
    # Of two of one length the first counts; what is half as long as something may have a third one's length by chance.
    words = {(length, fixed[word]): word for word, length in reversed(lengths.items())}
    return {
        name: [
            words.get((length, own), length if length == own else None)
            for length, own in zip(np.shape(value), np.shape(lesson[name]), strict=True)
        ]
        for name, value in values.items()
        if _have_same_rank(value, lesson.get(name))
    }


def _other_example(
    compute: Compute,
    givens: Mapping[str, Any],
    shapes: Mapping[str, Sequence[str | int]],
    dimensions: Mapping[str, _Dimension],
    fixed: Mapping[str, int],
) -> tuple[dict[str, int], Mapping[str, Any]]:
    """Return lengths that are easily told apart and the results on them; the lesson's own if there are none."""
    pairs = zip(dimensions.items(), _OTHER, strict=False)
    lengths = {word: other if each.varies else fixed[word] for (word, each), other in pairs}
    wanted = {given: [_length(word, lengths) for word in words] for given, words in shapes.items()}
    try:
        return lengths, compute(_resized(givens, wanted))
    # Some lengths fit only one by one: a window of 19 is longer than a signal of 7.
    except (Exception, SystemExit):  # noqa: BLE001
        return dict(fixed), compute(dict(givens))


def _have_same_rank(value: Any, other: Any) -> bool:
    return is_numeric(value) and is_numeric(other) and np.ndim(value) == np.ndim(other)


def _runs(
    givens: Mapping[str, Any], lengths: Mapping[Axis, int], parts: Sequence[Sequence[Axis]], compute: Compute
) -> bool:
    """Say if the solution runs with a length of its own for each part, whichever of them is the longer."""
    # Both ways round: lengths that a slice ties together, `signal[:n]`, seem independent where the signal is longer.
    orders = [_OTHER[: len(parts)], tuple(reversed(_OTHER[: len(parts)]))]
    for others in orders[: 1 + (len(parts) > 1)]:
        changed = {axis: other for part, other in zip(parts, others, strict=True) for axis in part}
        shapes = {
            name: [changed.get((name, axis), length) for axis, length in enumerate(np.shape(value))]
            for name, value in givens.items()
            if any((name, axis) in lengths for axis in range(np.ndim(value)))
        }
        if not has_answer(lambda shapes=shapes: compute(_resized(givens, shapes))):  # type: ignore[misc]
            return False
    return True


def _resized(givens: Mapping[str, Any], shapes: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Return values of other shapes that are like the lesson's: its numbers again, real ones moved a little."""
    return {
        name: resized(value, shapes[name], seed) if name in shapes and len(shapes[name]) else value
        for seed, (name, value) in enumerate(givens.items())
    }
