"""A submission graded by an exercise that is made of a solution alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graders.authoring.scaffold import new_exercise
from graders.grading import Grader
from graders.outcome import Report
from graders.session import Terms, load_materials, open_sandboxed
from graders.submission import decode_submission
from tests.support.sandboxes import skipping_without_kernel


@contextmanager
def made_of(folder: Path, solution: str) -> Iterator[Grader]:
    """Yield a grader of the exercise that is made of a solution in an empty folder."""
    (folder / "exercises").mkdir()
    (folder / "solution.py").write_text(solution)
    made = str(folder / "exercises" / "mine")
    new_exercise(made, folder / "solution.py")
    with (
        skipping_without_kernel(),
        open_sandboxed(load_materials(made, cases=20), Terms(isolation=None, fallback=True)) as grader,
    ):
        yield grader


def blamed_by(grader: Grader, submission: str) -> list[int | None]:
    """Return the lines of the steps that are wrong."""
    report: Report = grader.grade(decode_submission("mine.py", submission.encode()))
    return [step.line for step in report.steps or () if step.verdict.is_wrong]
