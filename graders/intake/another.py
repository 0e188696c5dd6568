"""Which of the shipped exercises a submission belongs to, if it is plainly not to the one that was asked for."""

from functools import cache

from graders.exercise.asked import Exercise
from graders.exercise.loading import exercise_names, load_exercise
from graders.intake.content import assigned_steps, assigned_words
from graders.submission import Cells


def another_exercise(cells: Cells, exercise: Exercise) -> str | None:
    """Return the name of the exercise all of whose steps are assigned, where no result of the asked one is."""
    if assigned_steps(cells, exercise) & {step.name for step in exercise.results}:
        return None
    words = assigned_words(cells)
    found = []
    for other in _shipped():
        steps = {step.name for step in other.steps}
        # What only the asked one has tells that it is meant: exercises of one lesson begin with the same lines.
        is_asked = not words.isdisjoint(_own_words(exercise) - _own_words(other))
        if other.name != exercise.name and not is_asked and steps <= assigned_steps(cells, other):
            found.append((len(steps), other.name))
    # One exercise may be part of another: the one with more steps says more.
    return max(found)[1] if found else None


def _own_words(exercise: Exercise) -> set[str]:
    """Return what the givens and steps of an exercise may be called."""
    names = {*exercise.givens, *(step.name for step in exercise.steps)}
    others = [*(given.also for given in exercise.givens.values()), *(step.also for step in exercise.steps)]
    return names.union(*others)


@cache
def _shipped() -> tuple[Exercise, ...]:
    """Load the exercises once: in a class many submissions may be without points."""
    return tuple(map(load_exercise, exercise_names()))
