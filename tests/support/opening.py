"""Open a grader by the exercise's name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from graders.grading import Grader
from graders.session import Terms, load_materials, open_sandboxed


@contextmanager
def open_grader(exercise_name: str, *, cases: int | None = None, **terms: Any) -> Iterator[Grader]:
    """Yield a grader of these terms with a sandbox of its own."""
    with open_sandboxed(load_materials(exercise_name, cases=cases), Terms(**terms)) as grader:
        yield grader
