"""Which of the shipped exercises a submission belongs to, if it is plainly not to the one that was asked for."""

from functools import cache

from graders.exercise.asked import Exercise
from graders.exercise.loading import exercise_names, load_exercise
from graders.intake.content import assigned_steps
from graders.submission import Cells


def another_exercise(cells: Cells, exercise: Exercise) -> str | None:
    """Return the name of the exercise all of whose steps are assigned, where no result of the asked one is."""
    if assigned_steps(cells, exercise) & {step.name for step in exercise.results}:
        return None
    found = []
    for other in _shipped():
        steps = {step.name for step in other.steps}
        if other.name != exercise.name and steps <= assigned_steps(cells, other):
            found.append((len(steps), other.name))
    # One exercise may be part of another: the one with more steps says more.
    return max(found)[1] if found else None


@cache
def _shipped() -> tuple[Exercise, ...]:
    """Load the exercises once: in a class many submissions may be without points."""
    return tuple(map(load_exercise, exercise_names()))
