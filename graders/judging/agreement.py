"""How far the passes of a statement agree with those of another one, on every case."""

import itertools
from collections.abc import Collection, Sequence
from typing import Any

from graders.exercise.trace import MOST_TRACED
from graders.inside.arrays import Array
from graders.inside.sites import MAX_PASSES
from graders.judging.comparison import is_close

_FEW_CASES = 3
"""What agrees on so many in the end is the same."""


def count_agreeing(passes: Sequence[Any], wanted: Sequence[Array]) -> int:
    """Return how many values from the first on are the wanted ones."""
    pairs = zip(passes, wanted, strict=False)
    return next((at for at, pair in enumerate(pairs) if not _is_wanted(*pair)), min(len(passes), len(wanted)))


def _is_wanted(value: Any, wanted: Array) -> bool:
    return not isinstance(value, str) and _agrees(value, wanted)


def where_short(passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]) -> Collection[int]:
    """Return the cases on which a trail goes on after the last pass."""
    pairs = enumerate(zip(passes, wanted, strict=False))
    return frozenset(case for case, (values, others) in pairs if len(values) < len(others[:MAX_PASSES]))


def end_alike(passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]) -> bool:
    """Tell whether what one has at once is what the other comes to in a loop, on every case."""
    pairs = list(zip(passes, wanted, strict=False))
    # Of what is passed more often only the first values are known; the other cases tell enough.
    known = [(values, others) for values, others in pairs if len(values) < MAX_PASSES and len(others) < MOST_TRACED]
    counts = [{len(values) for values, _ in known}, {len(others) for _, others in known}]
    is_loop = {1} in counts and counts[0] != counts[1] and 0 not in set.union(*counts)
    is_told = is_loop and len(known) >= min(_FEW_CASES, len(pairs))
    return is_told and _end_surely_alike(known)


def _end_surely_alike(known: Sequence[tuple[Sequence[Any], Sequence[Array]]]) -> bool:
    last = [(values[-1], others[-1]) for values, others in known]
    return all(itertools.starmap(_is_wanted, last)) and not _may_be_chance([end for _, end in last])


def _may_be_chance(ends: Sequence[Array]) -> bool:
    """Tell whether each is one whole number throughout, as zeros are, and so few different ones that others may be."""
    are_counts = all(not (end % 1).any() and end.min() == end.max() for end in ends)
    return are_counts and len({float(end.flat[0]) for end in ends}) < min(_FEW_CASES, len(ends))


def have_numbers_only(passes: Sequence[Sequence[Any]]) -> bool:
    """Tell whether there is something, and nothing but numbers."""
    values = [value for of_case in passes for value in of_case]
    return bool(values) and not any(isinstance(value, str) for value in values)


def sizes_of(passes: Sequence[Sequence[Any]]) -> tuple[tuple[int, ...], ...]:
    """Return how many passes there were and of what size: what differs in that is not the same."""
    return tuple(tuple(value.size for value in values[:MAX_PASSES]) for values in passes)


def are_beginnings(passes: Sequence[Sequence[Any]], wanted: Sequence[Sequence[Array]]) -> bool:
    """Tell whether every value is the wanted one, on every case."""
    return all(count_agreeing(values, others) == len(values) for values, others in zip(passes, wanted, strict=False))


def _agrees(value: Any, wanted: Array) -> bool:
    """Tell whether a value is the wanted one but for axes of length 1; not turned, which may be the mistake."""
    if [length for length in value.shape if length != 1] != [length for length in wanted.shape if length != 1]:
        return False
    return bool(is_close(value.ravel(), wanted.ravel()).all())
