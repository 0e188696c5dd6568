"""What nobody may be given of an exercise: the right-hand sides of its steps."""

import ast

from graders.exercise.asked import Exercise
from graders.exercise.calculation import assignment
from graders.exercise.marks import marks_in

_TELLING = 8
"""Characters from which on a right-hand side gives something away; `error` alone stands in any text."""


def answers(exercise: Exercise) -> list[str]:
    """Return the right-hand sides of the steps, and of what else stands under a TODO, without blanks."""
    source, steps = exercise.reference_source, {step.name for step in exercise.steps}
    tree = ast.parse(source)
    if exercise.is_straight:
        pairs = [pair for node in tree.body if (pair := assignment(node)) is not None]
        values = [node.value for name, node in pairs if name in steps]
    else:
        asked = [part for mark in marks_in(source, tree) for node in mark.statements for part in ast.walk(node)]
        kinds = (ast.Assign, ast.AugAssign, ast.Return)
        values = [part.value for part in asked if isinstance(part, kinds) and part.value is not None]
    texts = [ast.get_source_segment(source, value) or "" for value in values]
    found = ["".join(text.split()) for text in texts]
    return found if exercise.is_straight else [text for text in found if len(text) >= _TELLING]
