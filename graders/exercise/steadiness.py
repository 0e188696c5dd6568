"""Find the cases whose results hang on rounding: a right submission that computes in another order may miss them.

`int(0.6 / 0.2)` is 2, and `0.6 * 5` is 3; of two sums that are equal on paper, one is larger here. Such a case is told
by moving its numbers by a hair: a result that jumps is decided by rounding, or by two numbers that are equal as they
were drawn. The second is no matter of rounding, and bounds are worth a test: such a result stays where it is as long as
equal numbers are moved alike. But where an array of the lesson has no equal numbers, nobody has said what becomes of
them: which of two neighbours at the same distance comes first is each solution's own business.
"""

import ast
import warnings
from collections.abc import Mapping
from functools import cache

import numpy as np

from graders.exercise.asked import Array, Case, Exercise, read_only
from graders.exercise.calculation import changed_names
from graders.exercise.noise import Noise
from graders.exercise.reference import Reference
from graders.exercise.whole import WholeRun
from graders.inside.arrays import Truths
from graders.inside.parsing import parse_module
from graders.judging.comparison import compare
from graders.judging.rules import rule_of
from graders.outcome import Verdict

_HAIR = 2.0**-44
"""How far a number is moved, of its size: more than orders of computing differ by, and far less than what is wrong."""

_TRIALS = 16
"""How often equal numbers are moved alike; where rounding decides, a result is another one in every second trial."""

_MIXING = 0x9E3779B97F4A7C15
"""An odd number near 2⁶⁴ / golden ratio: multiplying by it spreads neighbouring numbers. Source: Knuth, TAOCP 6.4."""


def hangs_on_rounding(exercise: Exercise, reference: Reference, case: Case, values: Mapping[str, Array]) -> str:
    """Return the name of a result that rounding alone decides on this case; empty if there is none.

    `values`: the reference's on the case.
    """
    if reason := _hanging_on_noise(exercise, reference, case, values):
        return reason
    # Each by itself first, to and fro: nearly all cases are steady, and need no more.
    if not any(_jumping(exercise, reference, _moved(exercise, case, trial), values) for trial in (0, 1)):
        return ""
    kept = _constants(f"{exercise.reference_source}\n{exercise.use}", frozenset(exercise.givens))
    alike = (_moved(exercise, case, trial, kept) for trial in range(_TRIALS))
    return next(filter(None, (_jumping(exercise, reference, moved, values) for moved in alike)), "")


def _hanging_on_noise(exercise: Exercise, reference: Reference, case: Case, values: Mapping[str, Array]) -> str:
    """Return the name of a result that is another one when the reference computes with noise; empty if there is none.

    To and fro: of two numbers that are equal on paper, the other one is then the larger.
    """
    whole = reference.whole
    if whole is None or not (_has_unmoved(exercise) or _has_coarse(exercise, values)):
        return ""
    found = next(filter(None, (_noisy(exercise, whole, case, values, hair) for hair in (_HAIR, -_HAIR))), "")
    # A lesson that hangs on its last digits is what it is; then nothing can be said of the other cases.
    return found if found and not hanging_in_lesson(exercise, whole) else ""


def _has_unmoved(exercise: Exercise) -> bool:
    """Tell whether a given cannot be moved by a hair, as real numbers are."""
    return any(given.integers is not None or given.choice is not None for given in exercise.givens.values())


def _has_coarse(exercise: Exercise, values: Mapping[str, Array]) -> bool:
    """Tell whether a result may hang on a bound: of numbers that are ranked or counted, to move them moves nothing."""
    return any(step.exactly or bool((values[step.name] % 1 == 0).all()) for step in exercise.results)


def hanging_in_lesson(exercise: Exercise, whole: WholeRun) -> str:
    """Return the name of a result of the lesson's own case that is another one when computed with noise, or nothing."""
    values = values_on(whole, exercise.fixed)
    if isinstance(values, BaseException):
        return exercise.results[0].name
    return next(filter(None, (_noisy(exercise, whole, exercise.fixed, values, hair) for hair in (_HAIR, -_HAIR))), "")


def _noisy(exercise: Exercise, whole: WholeRun, case: Case, values: Mapping[str, Array], hair: float) -> str:
    whole.noisy.noise = Noise(hair)  # begun anew: on the same case there is the same noise
    return _jumping(exercise, whole.noisy, case, values)


def values_on(reference: Reference | WholeRun, case: Case) -> dict[str, Array] | BaseException:
    """Return the reference's values, or what it raises: that may be anything on numbers it is not for."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the mean of nothing, and the like
            return reference.values(case)
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return error


def _jumping(exercise: Exercise, reference: Reference | WholeRun, moved: Case, values: Mapping[str, Array]) -> str:
    """Return the name of a result that is another one on a case that was moved by a hair."""
    found = values_on(reference, moved)
    if isinstance(found, BaseException):
        return exercise.results[0].name
    for step in exercise.results:
        name = step.name
        if name in values and compare(values[name], found[name], rule=rule_of(step)).verdict is not Verdict.CORRECT:
            return name
    return ""


def _moved(exercise: Exercise, case: Case, trial: int, kept: frozenset[float] | None = None) -> Case:
    """Return a case moved by a hair, the other way each second time.

    With `kept`, equal numbers are moved alike where the lesson has such, and these not at all.
    """
    moved = dict(case)
    place = 0
    for name, value in case.items():
        given = exercise.givens[name]
        if given.integers is not None or given.choice is not None:
            continue
        is_alike = kept is not None and (value.ndim == 0 or _has_equal(exercise, name))
        nudged = _nudged(value, trial, None if is_alike else place)
        place += value.size
        if kept is not None:
            # Of several that are equal none stays where it is, or they would stay equal.
            bound = np.isin(np.abs(value), list(kept)) & (is_alike | ~_repeated(value))
            nudged = np.where(bound, value, nudged)
            # Beyond its bounds the solution need not have an answer.
            nudged = nudged if given.random is None else np.clip(nudged, *given.random)
        moved[name] = read_only(nudged)
    return moved


def _has_equal(exercise: Exercise, name: str) -> bool:
    """Tell whether a number of a given is in the lesson's case once more."""
    numbers = np.concatenate([value.ravel() for value in exercise.fixed.values()])
    return any(np.count_nonzero(numbers == number) > 1 for number in exercise.fixed[name].flat)


def _nudged(value: Array, trial: int, place: int | None) -> Array:
    """Return numbers moved by a hair: each by what it is, and by its place if one is given for the first of them."""
    places = 0 if place is None else np.reshape(np.arange(place + 1, place + value.size + 1), value.shape)
    with np.errstate(over="ignore"):  # which is what spreads them
        # By its sign too: a sum that is zero since its terms cancel is one only in some orders of computing.
        key = np.copysign(np.abs(value) + places, value)
        bits = np.asarray(key).view(np.uint64) + np.uint64(trial // 2)
        mixed = np.asarray((bits * np.uint64(_MIXING)) >> np.uint64(11), np.float64) / 2.0**52 - 1
    # None stays where it is: at least half of a hair.
    share = (mixed + np.copysign(1, mixed)) / 2
    part = (-1) ** trial * _HAIR * share
    if place is None:
        return np.asarray(value * (1 + part))
    # Zero has no size of its own; one alone may well be a bound, which is worth a test.
    size = np.where((value == 0) & _repeated(value), np.abs(value).max(initial=0.1), 0.0)
    return np.asarray(value * (1 + part) + size * part)


def _repeated(value: Array) -> Truths:
    """Tell for each number whether it is there more than once."""
    _, places, counts = np.unique(value, return_inverse=True, return_counts=True)
    return np.reshape(counts[places] > 1, value.shape)


@cache
def _constants(source: str, givens: frozenset[str]) -> frozenset[float]:
    """Return the numbers that stand in a solution: to be equal to one of them is no question of rounding."""
    lines = [line for line in parse_module(source).body if not givens.intersection(changed_names(line))]
    numbers = (node.value for line in lines for node in ast.walk(line) if isinstance(node, ast.Constant))
    return frozenset(abs(float(number)) for number in numbers if isinstance(number, int | float))
