"""Cases that tell mistakes apart from the reference which the drawn ones do not: the other side of a bound, mostly.

They are looked for among further cases of the exercise's own ranges, and of ranges a tenth and ten times as wide: of
one given, of all, and of one against all others.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from graders.authoring.changes import CHOICE
from graders.authoring.mutants import Mutant
from graders.authoring.study import GROWTH
from graders.errors import ExerciseError
from graders.exercise.asked import Array, Case, Exercise
from graders.exercise.content import Given
from graders.exercise.draws import draw_cases
from graders.exercise.reference import Reference

_SEED = 4712
_CASES = 90
"""Cases of other ranges that are tried, in all."""

_MOST = 8
"""Cases that an exercise is given beside the drawn ones: more would be read by nobody."""

_Solved = tuple[Case, Mapping[str, Array]]
"""A case, and the reference's values on it."""


class Telling(NamedTuple):
    """A case on which a mutant that others hide is wrong, and the reference's values on it."""

    case: Case
    right: Mapping[str, Array]
    mutant: Mutant


def telling_cases(
    exercise: Exercise,
    reference: Reference,
    hidden: Sequence[Mutant],
    near: Sequence[Case],
    ordered: Sequence[tuple[str, str]] = (),
) -> tuple[list[Telling], list[Mutant]]:
    """Return cases that tell hidden mutants apart, and the mutants that none does.

    `near`: cases of the exercise's own ranges, which are tried first. `ordered`: givens of which the first is always
    below the second.
    """
    asked = [step.name for step in exercise.results]
    found: list[Telling] = []
    left: list[Mutant] = []
    known: list[_Solved] = [(case, reference.values(case)) for case in near]
    # Drawn as they are needed, and kept for the next mutant.
    far = ((case, reference.values(case)) for case in _far_cases(exercise, reference, ordered))
    for mutant in hidden:
        if any(mutant.differs_on(each.case, each.right, asked) for each in found):
            continue
        for case, right in itertools.chain(list(known), _kept(far, known)) if len(found) < _MOST else ():
            if mutant.differs_on(case, right, asked, finite=not mutant.change.startswith(CHOICE)):
                found.append(Telling(case, right, mutant))
                break
        else:
            left.append(mutant)
    return found, left


def _kept(solved: Iterator[_Solved], known: list[_Solved]) -> Iterator[_Solved]:
    for each in solved:
        known.append(each)
        yield each


def _far_cases(exercise: Exercise, reference: Reference, ordered: Sequence[tuple[str, str]]) -> Iterator[Case]:
    """Yield cases in which one given is smaller or larger than drawn, then all of them."""
    lesson = reference.values(exercise.fixed)
    others = list(_wider(exercise))
    count = max(2, _CASES // (len(others) or 1))
    for other in others:
        try:
            drawn = draw_cases(other, reference, seed=_SEED, count=count, fewest=0)
        except ExerciseError:  # a range that is too fine to be drawn from
            continue
        kept = (case for case in drawn if all(case[low] < case[high] for low, high in ordered))
        yield from (case for case in kept if _is_moderate(reference.values(case), lesson))


def _wider(exercise: Exercise) -> Iterator[Exercise]:
    real = [name for name, given in exercise.givens.items() if given.random is not None]
    for names in [*([name] for name in real), real]:
        for factor in (0.1, 10.0):
            yield from _with_factors(exercise, dict.fromkeys(names, factor))
    # A limit is out of reach only where all that it limits is small.
    for own in real if len(real) > 1 else ():
        yield from _with_factors(exercise, {name: 10.0 if name == own else 0.1 for name in real})


def _with_factors(exercise: Exercise, factors: Mapping[str, float]) -> Iterator[Exercise]:
    every = {name: _scaled(exercise.givens[name], factor) for name, factor in factors.items()}
    if scaled := {name: given for name, given in every.items() if given is not None}:
        yield exercise.replaced(givens={**exercise.givens, **scaled})


def _scaled(given: Given, factor: float) -> Given | None:
    """Return a given with a wider or narrower range; None where its numbers would be no fractions any more."""
    assert given.random is not None
    low, high = (float(f"{bound * factor:.6g}") for bound in given.random)  # 0.1 * 0.1 is a little more than 0.01
    # With probabilities, and what is drawn to be compared with one, right ways agree between 0 and 1 only.
    is_fraction = given.random[0] > 0 and given.random[1] <= 1 and np.max(given.fixed) < 1
    return None if is_fraction and high >= 1 else given.replaced(random=(low, high))


def _is_moderate(values: Mapping[str, Array], lesson: Mapping[str, Array]) -> bool:
    sizes = {name: float(np.abs(value).max(initial=1.0)) for name, value in lesson.items()}
    return all(np.abs(value).max(initial=0.0) <= GROWTH * sizes[name] for name, value in values.items())


def as_written(exercise: Exercise, case: Case) -> dict[str, Any]:
    """Return a case as `exercise.yaml` holds it."""
    return {name: _plain(exercise.givens[name], value) for name, value in case.items()}


def _plain(given: Given, value: Array) -> Any:
    numbers = value.tolist()
    if given.words:
        return [given.choice[int(number)] for number in numbers] if value.ndim else given.choice[int(numbers)]  # type: ignore[index]
    if given.integers is not None:
        return np.asarray(value).astype(int).tolist()
    return numbers
