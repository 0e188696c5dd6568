"""Measure in turns, so that ratios hold when the machine's speed drifts, and say what was found."""

import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from graders.exercise.loading import root


class NotMeasured(Exception):
    """A part cannot be measured here; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A median with the lowest and the highest value."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Return the spread of at least one value."""
        return cls(low=min(values), median=statistics.median(values), high=max(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to do a job; `seconds` does it once and returns the time per submission. `remark`: what it leaves out."""

    name: str
    seconds: Callable[[], float]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one submission costs in a way; `ratio`: beside the first way in the same round, None for the first."""

    name: str
    ms: Spread
    ratio: Spread | None
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several ways to do the same job, timed in turns."""

    title: str
    rounds: int
    costs: Sequence[Cost]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A claim that is no comparison of times, or a part that could not be measured.

    `is_time`: holds seconds, which say nothing where other programs kept the machine busy.
    """

    what: str
    found: str
    is_time: bool = False


Result = Comparison | Finding


def compare(title: str, ways: Sequence[Way], rounds: int) -> Comparison:
    """Time all ways in turns: A B C A B C …; ratios are taken within a round."""
    times = [[way.seconds() for way in ways] for _ in range(rounds)]
    columns = list(zip(*times, strict=True))
    costs = [
        Cost(
            name=way.name,
            ms=Spread.of([1000 * seconds for seconds in column]),
            ratio=Spread.of([own / first for own, first in zip(column, columns[0], strict=True)]) if number else None,
            remark=way.remark,
        )
        for number, (way, column) in enumerate(zip(ways, columns, strict=True))
    ]
    return Comparison(title=title, rounds=rounds, costs=costs)


def last_line_of(what: str, module: str, *arguments: str) -> Finding:
    """Run another benchmark's own command and quote the last line it prints, without a label in a column of its own.

    Raises NotMeasured if it prints nothing.
    """
    command = [sys.executable, "-m", module, *arguments]
    run = subprocess.run(command, cwd=root(), capture_output=True, text=True, check=False, timeout=300)
    if not run.stdout.strip():
        raise NotMeasured((run.stderr.strip() or "no output").splitlines()[-1])
    return Finding(what=what, found=re.split(r"\s{2,}", run.stdout.strip().splitlines()[-1])[-1])


def number(value: float) -> str:
    """Write three significant digits, without an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def spread(value: Spread) -> str:
    """Write `median (low–high)`."""
    return f"{number(value.median)} ({number(value.low)}–{number(value.high)})"


def rounds(comparison: Comparison) -> str:
    """Write how often each way was timed."""
    return "1 round" if comparison.rounds == 1 else f"{comparison.rounds} rounds in turns"


def show(result: Result) -> None:
    """Print a result."""
    if isinstance(result, Finding):
        print(f"{result.what}: {result.found}", flush=True)
        return
    print(f"{result.title}, {rounds(result)}, median (lowest–highest):")
    for cost in result.costs:
        ratio = f"{spread(cost.ratio)} times" if cost.ratio else "1"
        print(f"    {cost.name:<42} {spread(cost.ms):>24} ms   {ratio}", flush=True)
