"""What can be wrong with the steps in `exercise.yaml` beyond types; each problem is one line, as in `problems.py`."""

import math
from collections.abc import Collection, Iterator

from graders.exercise.content import ANY_LENGTH, ExerciseFile, ExerciseStep, Points

_FINEST_ROUNDING = 12


def step_problems(file: ExerciseFile) -> Iterator[str]:
    """Yield what is wrong with steps and results."""
    points = [step.points for step in file.steps if step.points is not None]
    if not points:
        yield "steps: none has points, expected at least one result"
    elif math.fsum(each.fixed + each.bank for each in points) == 0:
        yield "steps: all points are 0, expected some"
    dimensions = {
        dimension for given in file.givens.values() for dimension in given.shape if isinstance(dimension, str)
    }
    for index, step in enumerate(file.steps):
        yield from _one_step_problems(f"steps[{index}]", step, file.givens, dimensions)


def _one_step_problems(place: str, step: ExerciseStep, givens: Collection[str], dimensions: set[str]) -> Iterator[str]:
    if step.points is not None:
        yield from _point_problems(place, step, step.points)
    if step.updates is not None and step.updates not in givens:
        yield f"{place}.updates: found {step.updates!r}, expected one of {', '.join(givens)}"
    yield from _kind_problems(place, step)
    for dimension in step.shape or ():
        if isinstance(dimension, str) and dimension not in {*dimensions, ANY_LENGTH}:
            yield f"{place}.shape: found {dimension!r}, expected a dimension of the givens"


def _point_problems(place: str, step: ExerciseStep, points: Points) -> Iterator[str]:
    if not (0 <= points.fixed < math.inf and 0 <= points.bank < math.inf):
        yield f"{place}.points: found {points.fixed} and {points.bank}, expected none below 0"
    if step.exactly:
        if step.updates is not None or step.shape is not None:
            yield f"{place}: found a shape beside exactly, which compares the form, too"
    elif (step.updates is None) == (step.shape is None):
        found = "missing" if step.updates is None else "found beside shape"
        yield f"{place}.updates: {found}; expected the given whose shape {step.name} must have, or else its own shape"


def _kind_problems(place: str, step: ExerciseStep) -> Iterator[str]:
    """Yield what is wrong with how a step is compared."""
    if step.tolerance is not None and not 0 < step.tolerance < 1:
        yield f"{place}.tolerance: found {step.tolerance}, expected a number between 0 and 1, such as 1.0e-6"
    if step.decimals is not None and not 0 <= step.decimals <= _FINEST_ROUNDING:
        yield f"{place}.decimals: found {step.decimals}, expected 0 to {_FINEST_ROUNDING}"
    for key in ("tolerance", "up_to", "decimals"):
        if step.exactly and getattr(step, key) is not None:
            yield f"{place}.{key}: found beside exactly, which it contradicts"
    if step.where is not None:
        yield from _place_problems(place, step.where, has_points=step.points is not None)


def _place_problems(place: str, where: str, *, has_points: bool) -> Iterator[str]:
    if not all(part.isidentifier() for part in where.split(".")):
        yield f"{place}.in: found {where!r}, expected the name of a function, or Class.method"
    if has_points:
        yield f"{place}.points: found in a step within {where}; a result is a name in use or at the top level"
