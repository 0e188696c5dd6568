"""Draw random cases with Hypothesis: different ones, on which a mistake shows and the reference has an answer.

Whole numbers are drawn, and what they stand for is in `grid.py`: float strategies pick up constants of local modules,
so that an imported file would change the cases of a class.
"""

import math
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import hypothesis
import numpy as np
from hypothesis import configuration
from hypothesis import strategies as st

from graders.errors import ExerciseError
from graders.exercise.asked import Case, Exercise, read_only
from graders.exercise.grid import whole_numbers
from graders.exercise.informative import why_not_informative
from graders.exercise.reference import Reference

_DRAWS = 20  # attempts with a derived seed until both signs are in the bank


def draw_cases(
    exercise: Exercise,
    reference: Reference,
    *,
    seed: int,
    count: int,
    sizes: Mapping[str, int] | None = None,
    fewest: int,
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
    before = getattr(configuration, "__hypothesis_home_directory", None)
    with tempfile.TemporaryDirectory() as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            run()
        finally:
            configuration.set_hypothesis_home_dir(before)


def case_strategy(exercise: Exercise, *, sizes: Mapping[str, int] | None) -> Any:
    """Return a Hypothesis strategy for cases, informative or not; `sizes`: lengths of dimensions, if not random."""
    bounds = {**exercise.drawing.dimensions, **{name: (length, length) for name, length in (sizes or {}).items()}}
    ranges = {name: whole_numbers(name, given) for name, given in exercise.givens.items()}

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


def _shows_signs(exercise: Exercise, reference: Reference, cases: Sequence[Case]) -> bool:
    """Say if what must have both signs has them; a single case cannot."""
    if len(cases) < 2:
        return True
    values = [reference.values(case) for case in cases] if exercise.drawing.both_signs else []
    return all(len({bool(np.all(value[name] > 0)) for value in values}) == 2 for name in exercise.drawing.both_signs)
