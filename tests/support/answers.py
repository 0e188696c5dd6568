"""What nobody may be given of an exercise: the right-hand sides of its steps."""

import ast

from graders.exercise.asked import Exercise
from graders.exercise.calculation import assignment


def answers(exercise: Exercise) -> list[str]:
    """Return the right-hand sides of the steps, without blanks."""
    source, steps = exercise.reference_source, {step.name for step in exercise.steps}
    pairs = [pair for node in ast.parse(source).body if (pair := assignment(node)) is not None]
    texts = [ast.get_source_segment(source, node.value) for name, node in pairs if name in steps]
    return ["".join(text.split()) for text in texts if text is not None]
