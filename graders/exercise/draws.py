"""Draw random cases with Hypothesis: different ones, on which a mistake shows and the reference has an answer.

Hypothesis is imported only where something is drawn. Values lie on a grid of tenths, or as fine a one as their range
needs, drawn as integers: float strategies pick up constants of local modules, so that an imported file would change
the cases of a class.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from graders.errors import ExerciseError
from graders.exercise.asked import Array, Case, Exercise, read_only
from graders.exercise.calculation import one_line
from graders.exercise.content import Condition, Given
from graders.exercise.reference import Reference
from graders.exercise.steadiness import hangs_on_rounding, values_on

# Tenths: a student can follow them with a pencil, and they print alike everywhere.
GRID = 10
"""Values are whole numbers divided by this, or by a higher power of ten where the range is narrow."""

_FEWEST_STEPS, _FINEST = 10, 10**15
"""A range has at least so many steps of its grid, and no grid is finer than floating point."""

_PER_DECADE, _SLACK = 4, 1e-9
"""Numbers in powers of ten: 1, 1.78, 3.16, 5.62, 10 …; a bound itself is one of them where it is a power."""

_DRAWS = 20  # attempts with a derived seed until both signs are in the bank

FEWEST = 10
"""Enough to grade on: so many caught all of 70 known mistakes in 99.85 % of trials (own measurement)."""


def draw_cases(
    exercise: Exercise,
    reference: Reference,
    *,
    seed: int,
    count: int,
    sizes: Mapping[str, int] | None = None,
    fewest: int = FEWEST,
) -> list[Case]:
    """Draw `count` different informative cases; the same seed and Hypothesis version give the same ones anywhere.

    `sizes`: lengths of dimensions, instead of random ones. Where no more exist, fewer are returned. Raises
    ExerciseError if there are less than `fewest`; with `fewest=0` any will do, whatever their signs.
    """
    strategy = case_strategy(exercise, sizes=sizes)
    pool: dict[bytes, Case] = {}
    left_out: Counter[str] = Counter()
    for attempt in range(_DRAWS):
        drawn = _draw(exercise, reference, strategy, left_out, seed=seed + attempt * 1_000_003, count=count)
        if len(drawn) == count and _shows_signs(exercise, reference, list(drawn.values())):
            return list(drawn.values())
        # What is rare comes together from several attempts.
        known = len(pool)
        pool |= drawn
        cases = list(pool.values())[:count]
        if len(pool) == known or (len(cases) == count and _shows_signs(exercise, reference, cases)):
            break
    if fewest:
        _refuse_few(exercise, reference, cases, min(fewest, count), left_out)
    return cases


def _refuse_few(
    exercise: Exercise, reference: Reference, cases: Sequence[Case], fewest: int, left_out: Counter[str]
) -> None:
    """Raise ExerciseError if the cases are too few, or do not show what they must."""
    if len(cases) < fewest:
        most = left_out.most_common(1)
        reason = f"; left out, mostly: {most[0][0]}" if most else ""
        raise ExerciseError(
            f"exercise {exercise.name}: cases: too few are informative and different: found {len(cases)}, "
            f"expected at least {fewest}; widen the ranges{reason}"
        )
    if not _shows_signs(exercise, reference, cases):
        names = ", ".join(exercise.drawing.both_signs)
        raise ExerciseError(f"exercise {exercise.name}: bank.both_signs: {names}: found one sign only")


def _draw(
    exercise: Exercise, reference: Reference, strategy: Any, left_out: Counter[str], *, seed: int, count: int
) -> dict[bytes, Case]:
    """Return different cases by their bytes, and count why others were left out."""
    import hypothesis

    cases: dict[bytes, Case] = {}

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,  # equal ones count, too; what is missing comes from the next seed
        database=None,  # else an earlier run's examples would come first
        deadline=None,
        derandomize=False,  # that would derive the seed from our code, which changes
        phases=[hypothesis.Phase.generate],  # nothing fails here, so that there is nothing to shrink
        # How often a case is left out is the exercise's business, and told in its own words.
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategy)
    def collect(case: Case) -> None:
        if len(cases) == count:
            return
        if reason := why_not_informative(exercise, reference, case):
            left_out[reason] += 1
            hypothesis.reject()
        cases.setdefault(_key(case), case)

    with suppress(hypothesis.errors.Unsatisfiable):
        _without_storage(collect)
    return cases


def _key(case: Case) -> bytes:
    """Return bytes that only an equal case has."""
    # With the shape: a row and a column of the same numbers are two cases.
    return b"".join(repr(value.shape).encode() + value.tobytes() for value in case.values())


def _without_storage(run: Callable[[], None]) -> None:
    """Run Hypothesis with its notes about constants in a folder that goes away, not in the current one.

    The process may be a test run of the user's own, so its folder is put back. There is no public way to ask for it.
    """
    import tempfile

    from hypothesis import configuration

    before = getattr(configuration, "__hypothesis_home_directory", None)
    with tempfile.TemporaryDirectory() as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            run()
        finally:
            configuration.set_hypothesis_home_dir(before)


def case_strategy(exercise: Exercise, *, sizes: Mapping[str, int] | None = None) -> Any:
    """Return a Hypothesis strategy for cases, informative or not; `sizes`: lengths of dimensions, if not random."""
    from hypothesis import strategies as st

    bounds = {**exercise.drawing.dimensions, **{name: (length, length) for name, length in (sizes or {}).items()}}
    ranges = {name: _range_of(name, given) for name, given in exercise.givens.items()}

    @st.composite
    def cases(draw: Any) -> Case:
        lengths = {name: draw(st.integers(low, high)) for name, (low, high) in bounds.items()}
        case = {}
        for name, given in exercise.givens.items():
            shape = tuple(dimension if isinstance(dimension, int) else lengths[dimension] for dimension in given.shape)
            first, last, number_of = ranges[name]
            top = lengths[last] - 1 if isinstance(last, str) else last
            size = math.prod(shape)
            # Whole numbers, divided afterwards; why no floats are drawn stands at the top.
            numbers = draw(st.lists(st.integers(first, top), min_size=size, max_size=size))
            case[name] = read_only(np.reshape([number_of(number) for number in numbers], shape))
        return case

    return cases()


def _range_of(name: str, given: Given) -> tuple[int, int | str, Callable[[int], float]]:
    """Return the whole numbers to draw from, and what number one of them stands for.

    A dimension's name as the last one means: below its length.
    """
    if given.integers is not None:
        return *given.integers, float
    if given.choice is not None:
        return 0, len(given.choice) - 1, (float if given.words else lambda index: float(given.choice[index]))
    if given.powers is not None:
        low, high = given.powers
        first, last = (
            math.ceil(math.log10(low) * _PER_DECADE - _SLACK),
            math.floor(math.log10(high) * _PER_DECADE + _SLACK),
        )
        # Three digits are what a power shows on paper, and the same on every processor.
        return first, last, lambda step: float(f"{10 ** (step / _PER_DECADE):.3g}")
    assert given.random is not None
    scale, first, last = grid(f"givens.{name}", *given.random)
    return first, last, lambda number: number / scale


def grid(place: str, low: float, high: float) -> tuple[int, int, int]:
    """Return what to divide by, and the smallest and largest whole number to divide. Raises ExerciseError.

    A tenth where the range has ten of them or more, else the next power of ten that has.
    """
    scale = GRID
    while scale <= _FINEST:
        # Not floor and ceil: 0.7 * 10 is more than 7, though 7 / 10 is 0.7.
        first, last = round(low * scale), round(high * scale)
        first += first / scale < low
        last -= last / scale > high
        if last - first >= _FEWEST_STEPS:
            return scale, first, last
        scale *= 10
    raise ExerciseError(f"exercise.yaml: {place}.random: found [{low}, {high}], expected a wider range")


def why_not_informative(exercise: Exercise, reference: Reference, case: Case) -> str:
    """Return why a mistake might not show on this case, or why it has no one right answer; empty if it has."""
    if reason := _why_trivial(exercise, case):
        return reason
    values = _answers(exercise, reference, case)
    if isinstance(values, str):
        return values
    # Last, since it needs the reference's values, and these take most of the time.
    for name, condition in exercise.drawing.informative.items():
        if not _holds(condition, values[name]):
            return f"{name} is not as bank.informative asks"
    unsteady = hangs_on_rounding(exercise, reference, case, values)
    return f"{unsteady} hangs on rounding" if unsteady else ""


def _why_trivial(exercise: Exercise, case: Case) -> str:
    for name, value in case.items():
        given = exercise.givens[name]
        if given.integers is not None or given.choice is not None:
            continue  # few values: one that is as in the lesson, or zero, is as good as any
        if value.ndim == 0:
            if value == exercise.fixed[name]:
                return f"{name} is as in the lesson"
        elif not value.any():
            return f"{name} is all zero"
    return ""


def why_unanswerable(exercise: Exercise, reference: Reference, case: Case) -> str:
    """Return why the reference has no right answer on this case; empty if it has."""
    values = _answers(exercise, reference, case)
    return values if isinstance(values, str) else ""


def _answers(exercise: Exercise, reference: Reference, case: Case) -> dict[str, Array] | str:
    """Return the reference's values, or why there are none."""
    values = values_on(reference, case)
    if isinstance(values, BaseException):
        return f"the solution fails with {one_line(values)}"
    # Finite or not: the largest of what is no number is the first one, and another right solution has another.
    if reference.whole is not None and reference.whole.has_strayed:
        return "the solution divides by zero, or has no number"
    # A forward pass may hold infinity (a mask), a step may not: no difference from it says that it is right.
    wild = [step.name for step in exercise.steps if step.name in values and not np.isfinite(values[step.name]).all()]
    return f"{wild[0]} is not finite" if wild else values


def _holds(condition: Condition, value: Array) -> bool:
    if not value.size:
        return False
    if condition.within is not None:
        low, high = condition.within
        if not (low <= value.min() and value.max() <= high):  # also where one is not a number
            return False
    return condition.apart is None or bool(np.abs(value).min() >= condition.apart)


def _shows_signs(exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> bool:
    """Say if what must have both signs has them; a single case cannot."""
    if len(cases) < 2:
        return True
    values = [reference.values(case) for case in cases] if exercise.drawing.both_signs else []
    return all(len({bool(np.all(value[name] > 0)) for value in values}) == 2 for name in exercise.drawing.both_signs)
