"""A class that has handed in one exercise, graded while nobody watches, and what is written of it."""

from pathlib import Path

from graders.batch.class_run import ClassResult, ExercisePart, HandIns, Output, Workforce, grade_exercises
from graders.batch.rows import Row
from graders.session import Materials, Terms


class Unseen:
    """The progress of a run that nobody watches."""

    def start(self, taken_over: int) -> None: ...

    def wait(self) -> None: ...

    def add(self, row: Row) -> None: ...


UNSEEN = Unseen()


def grade_class(
    handed_in: HandIns,
    materials: Materials,
    terms: Terms,
    output: Output,
    workforce: Workforce,
    progress: Unseen = UNSEEN,
) -> ClassResult:
    (result,) = grade_exercises([ExercisePart(handed_in, materials)], terms, output, workforce, progress)
    return result


def contents(out: Path) -> dict[str, bytes]:
    """Return every file that is there, by its path in the folder."""
    files = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
