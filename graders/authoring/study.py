"""A solution that is run again and again, with other values of its givens."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from graders.authoring.dimensions import ShapePlan, has_answer
from graders.authoring.forms import is_numeric, is_same
from graders.authoring.kinds import Range
from graders.authoring.parts import Outcome
from graders.authoring.resizing import resized
from graders.authoring.solution import Solution, as_case
from graders.authoring.trial import Tryout, attempt, counted_lines, evaluate
from graders.exercise.calculation import one_line

DRAWS, _PAIRS = 40, 12
_OFTEN = 0.95
_MISFIT = 3
"""Times an answer that an empty result takes away, or one with other axes: they would be drawn, and forms differ."""

_RUNS = 8
"""With other values, to see whether a result's length depends on them."""

GROWTH = 1e4
"""Results that grow beyond so many times the lesson's have left what can be compared."""

_TRIAL_S = 3
"""Of a run on other values: what takes longer there grows too fast with its size to be drawn so."""

_MOST, _FEWEST = 100, 20
_MOST_LINES = 5_000
"""Of the solution's own in one run, a hundredth of a second or so; where it runs more, the bank has fewer cases."""

_LONGER = 30
"""Times as many lines as in the lesson; lengths with which more of them run are not drawn."""


class Study:
    """A solution that is run again and again. `why`: what it raised last; `reached`: its lines that have run."""

    def __init__(self, solution: Solution, asked: Sequence[str]) -> None:
        self.lesson = {name: as_case(value) for name, value in solution.givens.items()}
        self.why = self.misfit = ""
        # Empty until the end: the runs that tell which results these are ask for them.
        self._never_empty: list[str] = []
        self._axes: dict[str, int] = {}
        self._solution, self._asked = solution, asked
        self._trial: Tryout = solution.trial(_TRIAL_S)
        # Lines rather than seconds: on a busy machine the same solution must make the same exercise.
        with counted_lines(solution.where) as lines:
            first = self.compute(self.lesson)
        self.reached = set(lines)
        self._strays = self._trial.strayed
        self._most_lines = max(_MOST_LINES, _LONGER * len(lines))
        self.cases = max(_FEWEST, min(_MOST, _MOST * _MOST_LINES // len(lines)))
        self._sizes = {name: _magnitude(value) for name, value in first.items()}
        self._axes = {name: np.ndim(value) for name, value in first.items() if is_numeric(value)}
        self._never_empty = [name for name in self._of_settled_length(first) if np.size(first[name])]

    def _of_settled_length(self, first: Mapping[str, Any]) -> list[str]:
        """Return the results whose length does not depend on values, as that of a list of hits does."""
        found: dict[str, set[tuple[int, ...]]] = {
            name: {np.shape(value)} for name, value in first.items() if is_numeric(value)
        }
        for seed in range(_RUNS):  # a list of hits keeps its length by chance once, but not eight times
            random = np.random.default_rng(seed)
            moved = {name: _moved(value, random, seed) for name, value in self.lesson.items()}
            done = attempt(lambda moved=moved: self.compute(moved))  # type: ignore[misc]
            if not isinstance(done, BaseException):
                for name, shapes in found.items():
                    shapes.add(np.shape(done[name]) if is_numeric(done[name]) else (0,))
        return [name for name, shapes in found.items() if len(shapes) == 1]

    def compute(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the results. Raises what the solution raises, and ValueError where one is empty or flat."""
        self.misfit = ""  # before anything can raise
        left = self._solution.run(self._trial, values)
        found = {name: left[name] for name in self._asked}
        empty = (f"{name} is empty" for name in self._never_empty if not np.size(found[name]))
        # With a single node, say, a formula may give one number where it gives several else.
        flat = (f"{name} has other axes" for name, axes in self._axes.items() if not _has_axes(found[name], axes))
        self.misfit = next(itertools.chain(empty, flat), "")
        if self.misfit:
            raise ValueError(self.misfit)
        return found

    def compute_briefly(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the results, if that takes no more than some times as many lines as in the lesson."""
        with counted_lines(self._solution.where, self._most_lines):
            return self.compute(values)

    def works(self, values: Mapping[str, Any]) -> bool:
        """Say if there is an answer that can be compared: finite, not out of all proportion."""
        done = attempt(lambda: self.compute(values))
        if isinstance(done, BaseException):
            self.why = one_line(done)
            return False
        # Finite or not: no such case is drawn.
        if self._trial.strayed and not self._strays:
            self.why = "division by zero, or what is no number"
            return False
        moderate = all(_magnitude(value) <= GROWTH * max(1.0, self._sizes[name]) for name, value in done.items())
        self.why = "" if moderate else "results out of all proportion"
        return not self.why and has_answer(lambda: done)

    def agree(self, values: Mapping[str, Any], others: Mapping[str, Any]) -> bool:
        """Say if the answers on both are there and the same."""
        first, second = attempt(lambda: self.compute(values)), attempt(lambda: self.compute(others))
        if isinstance(first, BaseException) or isinstance(second, BaseException):
            return False
        return all(is_same(value, second[name]) for name, value in first.items())

    def lines_on(self, values: Mapping[str, Any]) -> set[int]:
        """Return the solution's own lines that run on these values, up to where it fails."""
        with counted_lines(self._solution.where, self._most_lines) as lines:
            attempt(lambda: self.compute(values))
        return set(lines)

    def draws(self, plan: ShapePlan, ranges: Mapping[str, Range]) -> Iterator[Mapping[str, Any]]:
        """Yield what the solution leaves on random values, where it has an answer."""
        for values in _random_values(plan, ranges):
            if self.works(values):
                with counted_lines(self._solution.where) as lines:
                    left = self._solution.run(self._trial, values)
                self.reached.update(lines)
                yield left

    def pairs(self, plan: ShapePlan, ranges: Mapping[str, Range]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield what the solution leaves on random values, and on the same ones moved in their last digits."""
        random = np.random.default_rng(2)
        for values in itertools.islice(_random_values(plan, ranges), _PAIRS):
            moved = {name: _rounded_otherwise(value, random) for name, value in values.items()}
            if self.works(values) and self.works(moved):
                yield self._solution.run(self._trial, values), self._solution.run(self._trial, moved)

    def share(self, plan: ShapePlan, ranges: Mapping[str, Range]) -> float:
        """Return on how many of random values the solution has an answer."""
        return self.rate(list(_random_values(plan, ranges)))

    def rate(self, cases: Sequence[Mapping[str, Any]]) -> float:
        """Return on how many of these values the solution has an answer; one that fits no case is worse than none."""
        answers = 0.0
        for values in cases:
            answers += self.works(values)
            answers -= _MISFIT if self.misfit else 0
        return answers / len(cases)


def _has_axes(value: Any, axes: int) -> bool:
    return not is_numeric(value) or np.ndim(value) == axes


def _moved(value: Any, random: np.random.Generator, seed: int) -> Any:
    """Return other real numbers of the same shape; counts and texts stay, since a length may well be one of them."""
    if isinstance(value, float):
        return value * random.uniform(0.5, 1.5)
    return resized(value, np.shape(value), seed) if np.ndim(value) else value


def _rounded_otherwise(value: Any, random: np.random.Generator) -> Any:
    """Return real numbers as they might be had they been computed in another order."""
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        return value * (1 + np.finfo(float).eps * random.integers(-1, 2, size=np.shape(value)))
    return value


def _random_values(plan: ShapePlan, ranges: Mapping[str, Range]) -> Iterator[dict[str, Any]]:
    # The same values each time: plans are compared with one another on them.
    random = np.random.default_rng(1)
    for _ in range(DRAWS):
        lengths = {word: int(random.integers(low, high + 1)) for word, (low, high) in plan.dimensions.items()}
        shapes = {
            name: [lengths[word] if isinstance(word, str) else word for word in plan.givens.get(name, ())]
            for name in ranges
        }
        yield {name: each.draw(random, shapes[name], lengths) for name, each in ranges.items()}


def narrowed(plan: ShapePlan, ranges: Mapping[str, Range], study: Study) -> ShapePlan:
    """Return the plan with lengths that nearly always fit each other: a kernel is no longer than what it moves over.

    One bound after the other becomes the lesson's own length, each time the one that helps most.
    """
    share = study.share(plan, ranges)
    # Greedy, since every step runs the solution forty times; two bounds are nearly always enough.
    while share < _OFTEN:
        options = []
        for word, (low, high) in plan.dimensions.items():
            own = plan.lengths[word]
            options += [(word, (own, high))] if low < own else []
            options += [(word, (low, own))] if high > own else []
        plans = [plan.replaced(dimensions={**plan.dimensions, word: bounds}) for word, bounds in options]
        shares = [study.share(each, ranges) for each in plans]
        if not shares or max(shares) <= share:
            break
        share = max(shares)
        plan = plans[shares.index(share)]
    return plan


def settled_lengths(
    shapes: Mapping[str, Sequence[str | int | None]], outcomes: Sequence[Outcome], runs: Sequence[Mapping[str, Any]]
) -> dict[str, list[str | int | None]]:
    """Return the shapes of results, None for a length that is another one in some of the runs.

    It may hang on a count (`hidden = 3`) or on the values themselves, which no other example of shapes shows.
    """
    settled: dict[str, list[str | int | None]] = {}
    for outcome in outcomes:
        if not outcome.exactly:
            seen = [np.shape(evaluate(outcome.expression or outcome.name, run)) for run in runs]
            settled[outcome.name] = _settled_shape(shapes.get(outcome.name, seen[0]), seen)
    return settled


def _settled_shape(shape: Sequence[str | int | None], seen: Sequence[tuple[int, ...]]) -> list[str | int | None]:
    if len(set(map(len, seen))) > 1:
        return list(shape)
    varying = [len(set(lengths)) > 1 for lengths in zip(*seen, strict=True)]
    return [
        None if varies and isinstance(length, int) else length for length, varies in zip(shape, varying, strict=True)
    ]


def _magnitude(value: Any) -> float:
    if not is_numeric(value):
        return 0.0
    numbers = np.abs(np.asarray(value, float))
    return float(numbers.max()) if np.isfinite(numbers).all() else np.inf
