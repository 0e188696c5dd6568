"""An exercise that is made of others: several in one file or notebook, one report, one total.

Each part is graded as it would be by itself. What is joined has the parts' results and steps, each behind the name of
its part, so that whatever lists or adds up checks need not know of parts.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from graders.exercise.asked import Exercise
from graders.exercise.content import Drawing, ExerciseStep, JointFile, Misconception, PartFile, Points
from graders.exercise.problems import language_problems


def joint_problems(file: JointFile) -> Iterator[str]:
    """Yield what is wrong in the file, without looking at the parts."""
    yield from language_problems("title", file.title)
    if not file.parts:
        yield "parts: found none, expected the names of exercises"
    for name, count in Counter(part.exercise for part in file.parts).items():
        if count > 1:
            yield f"parts: {name!r} is there {count} times"
    for index, part in enumerate(file.parts):
        yield from _part_problems(f"parts[{index}]", part)


def _part_problems(place: str, part: PartFile) -> Iterator[str]:
    # Only a name: what the file says is no path. A dot comes between it and the name of a result.
    if not part.exercise.strip() or not {"/", "\\", "."}.isdisjoint(part.exercise):
        yield f"{place}.exercise: found {part.exercise!r}, expected the name of an exercise"
    if part.points is not None and not 0 < part.points < math.inf:
        yield f"{place}.points: found {part.points:g}, expected a number above 0"


def joint_exercise(folder: Path, text: str, file: JointFile, exercises: Sequence[Exercise]) -> Exercise:
    """Return the exercise that is made of these; `text`: its file, as it stands."""
    parts = [_worth(exercise, part) for exercise, part in zip(exercises, file.parts, strict=True)]
    nouns = {tuple(sorted(part.noun.items())) for part in parts}
    return Exercise(
        name=folder.name,
        folder=folder,
        title=file.title,
        marker="",
        solution_marker=parts[0].solution_marker,
        givens={},
        steps=[_step_of(part, step) for part in parts for step in part.steps],
        drawing=Drawing(count=sum(part.drawing.count for part in parts)),
        limits=parts[0].limits,  # of no account: each part has its own sandbox
        noun=parts[0].noun if len(nouns) == 1 else {},
        reference_source="",
        read_misconceptions=lambda: [_misconception_of(part, item) for part in parts for item in part.misconceptions],
        parts=parts,
        sha256=hashlib.sha256("\0".join((text, *(part.sha256 for part in parts))).encode()).hexdigest(),
    )


def in_part(part: str, name: str) -> str:
    """Return what a result or step of a part is called in the exercise that is made of it."""
    return f"{part}.{name}"


def _worth(exercise: Exercise, part: PartFile) -> Exercise:
    """Return an exercise with its points scaled to what it is worth as a part."""
    if part.points is None:
        return exercise
    factor = part.points / exercise.max_points
    return exercise.replaced(steps=[_step_worth(step, factor) for step in exercise.steps])


def _step_worth(step: ExerciseStep, factor: float) -> ExerciseStep:
    if step.points is None:
        return step
    # Rounded where no sum shows it, so that 7 x 0.3 is 2.1.
    fixed, bank = (round(points * factor, 12) for points in (step.points.fixed, step.points.bank))
    return step.replaced(points=Points(fixed=fixed, bank=bank))


def _step_of(part: Exercise, step: ExerciseStep) -> ExerciseStep:
    return step.replaced(name=in_part(part.name, step.name))


def _misconception_of(part: Exercise, item: Misconception) -> Misconception:
    return item.replaced(step=in_part(part.name, item.step))
