"""Numbers whose order a solution takes for granted: a goal above the money, a low end below a high one.

With the order broken a loop never begins, or an interval is empty, and ways to write the same differ there. An order
that the solution asks about itself, `if amount > balance`, has two sides that both belong to the exercise.
"""

import ast
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

from graders.authoring.kinds import Range

_BEFORE, _BEHIND = r"(?:^|(?<=_)|(?<=^[a-z])|(?<=_[a-z]))", r"(?=_|$)"
"""What stands around one of these words in a name: `low_grey`, `x_min`, `xmin`."""

_ENDS = [
    (re.compile(f"{_BEFORE}{low}{_BEHIND}"), re.compile(f"{_BEFORE}{high}{_BEHIND}"))
    for low, high in (
        ("low", "high"),
        ("lower", "upper"),
        ("lo", "hi"),
        ("min", "max"),
        ("minimum", "maximum"),
        ("start", "(?:stop|end)"),
        ("begin", "end"),
        ("left", "right"),
    )
]
"""What the ends of an interval are called."""

_APART = 0.1
"""Of the distance of two numbers, how far beside the one the other is tried, and the half of what lies between them."""

Lines = Callable[[Mapping[str, Any]], set[int]]
"""From values of the givens to the solution's lines that run on them."""


def ordered_pairs(
    tree: ast.Module, values: Mapping[str, Any], ranges: Mapping[str, Range], lines_on: Lines
) -> list[tuple[str, str]]:
    """Return the givens of which one is below the other wherever the solution makes sense; `values`: the lesson's."""
    bodies = {node.body[0].lineno for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)}
    usual = lines_on(values)
    return [
        (low, high)
        for low, high in permutations(filter(lambda name: _is_single(values[name]), ranges), 2)
        if values[low] < values[high] and _meet(ranges[low], ranges[high])
        if _is_taken_for_granted(low, high, values, bodies, usual, lines_on)
    ]


def _is_single(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _meet(low: Range, high: Range) -> bool:
    """Tell whether a draw may break the order; what is not drawn evenly from one stretch is left alone."""
    is_plain = {low.key, high.key} <= {"random", "integers"} and not low.below and not high.below
    return is_plain and low.high >= high.low


def _is_taken_for_granted(
    low: str, high: str, values: Mapping[str, Any], bodies: set[int], usual: set[int], lines_on: Lines
) -> bool:
    broken = [lines_on(each) for each in _either_beside(low, high, values, 1)]
    if not all(lines <= usual for lines in broken):
        return False  # the solution has an answer of its own to it
    if _are_ends(low, high):
        return True
    # Mostly nothing, and then the solution need not run again.
    never_begun = (bodies & usual).difference(*broken)
    return bool(never_begun) and bool(never_begun.intersection(*map(lines_on, _either_beside(low, high, values, -1))))


def _either_beside(low: str, high: str, values: Mapping[str, Any], end: int) -> Iterator[dict[str, Any]]:
    """Yield the lesson's values with each of two beside the other: in their order, or where `end` is 1 not in it."""
    first, second = values[low], values[high]
    step = 1 if isinstance(first, int) and isinstance(second, int) else _APART * (second - first)
    yield {**values, low: second + end * step}
    yield {**values, high: first - end * step}


def _are_ends(low: str, high: str) -> bool:
    return any(
        bool(lower.search(low) and upper.search(high)) and lower.sub("", low) == upper.sub("", high)
        for lower, upper in _ENDS
    )


def in_order(
    ranges: Mapping[str, Range], pairs: Sequence[tuple[str, str]], values: Mapping[str, Any]
) -> dict[str, Range]:
    """Return the ranges with each of these pairs drawn from stretches that do not meet."""
    parted = dict(ranges)
    for low, high in pairs:
        first, second = parted[low], parted[high]
        if first.high >= second.low:
            least, most = values[low], values[high]
            if second.high <= (least + most) / 2:  # counts are drawn smaller than a large one of the lesson
                least, most = max(first.low, second.low), min(first.high, second.high)
            middle, apart = (least + most) / 2, _APART * (most - least)
            parted[low] = _with_few_digits(first._replace(high=min(first.high, middle - apart)))
            parted[high] = _with_few_digits(second._replace(low=max(second.low, middle + apart)))
    return parted


def _with_few_digits(each: Range) -> Range:
    if each.key == "integers":
        return each._replace(low=math.ceil(each.low), high=math.floor(each.high))
    return each._replace(low=float(f"{each.low:.3g}"), high=float(f"{each.high:.3g}"))
