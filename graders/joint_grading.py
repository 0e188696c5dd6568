"""Grades the parts of an exercise that is made of others in one submission, and joins their reports to one.

Each part is graded by itself, as if nothing else were there; what the others hold does it no good and no harm.
"""

from collections.abc import Callable, Iterator, Sequence

from graders.exercise.asked import Exercise
from graders.exercise.bank import Bank
from graders.grading import Grader
from graders.messages import Lang
from graders.outcome import Kind, Report
from graders.reports.joining import joined
from graders.submission import Cells, Submission


class JointGrader:
    """Grades submissions of one exercise that is made of others. `graders`: of its parts, in their order."""

    def __init__(self, exercise: Exercise, bank: Bank, graders: Sequence[Grader], lang: Lang) -> None:
        self.exercise = exercise
        self.bank = bank
        self._graders = graders
        self._lang = lang

    def grade(self, submission: Submission, tell: Callable[[Report], object] | None = None) -> Report:
        """Grade every part. Faults of the grader's own, and what is raised, are as for one exercise.

        `tell`: is told nothing, since the checks of all parts are known only when the last part is graded.
        """
        return self._joined(lambda number: self._of_part(number, submission))

    def not_graded(self, submission: Submission, reason: str) -> Report:
        """Return the report of a submission that a fault of the grader's own kept from being graded."""
        return self._joined(lambda number: self._graders[number].not_graded(submission, reason))

    def _joined(self, of_part: Callable[[int], Report]) -> Report:
        return joined(self.exercise, self.bank, [of_part(number) for number in range(len(self._graders))], self._lang)

    def _of_part(self, number: int, submission: Submission) -> Report:
        """Grade a part in its own section, and where that is not all, with what stands above it too."""
        markers = [part.marker for part in self.exercise.parts]
        reports: list[Report] = []
        # A function that an earlier section defines may be used in a later one; a name may mean another thing there.
        for cells in _views(submission, markers, markers[number]):
            reports.append(self._graders[number].grade(submission.replaced(cells=cells)))
            if reports[-1].score.points == reports[-1].score.max:
                break
        # Of equal points what came to its end says more; and else the part by itself.
        return max(reports, key=lambda report: (report.score.points, report.verdict.kind is not Kind.STOPPED))


AnyGrader = Grader | JointGrader


def _views(submission: Submission, markers: Sequence[str], own: str) -> Iterator[Cells]:
    """Yield the ways to look at a submission for one part: the likeliest first, each a text of its own.

    The lines of a script stay where they are, so that reports name those of the file. Which cells of a notebook count
    is decided where that is decided for every notebook.
    """
    lines = submission.cells[0][1].splitlines(keepends=True) if _is_script(submission) else []
    starts = {index: mark for index, line in enumerate(lines) if (mark := _marker_in(line, markers)) is not None}
    if own not in starts.values():
        yield submission.cells
        return
    # Of several sections with one marker the last counts, as with the cells of a notebook.
    begin = max(index for index, mark in starts.items() if mark == own)
    end = min((index for index in starts if index > begin), default=len(lines))
    first = min(starts)  # what stands above all sections belongs to each
    yield _one_script([*lines[:first], *["\n"] * (begin - first), *lines[begin:end]])
    if begin > first:
        yield _one_script(lines[:end])


def _is_script(submission: Submission) -> bool:
    return [number for number, _ in submission.cells] == [None]


def _one_script(lines: Sequence[str]) -> Cells:
    return [(None, "".join(lines))]


def _marker_in(line: str, markers: Sequence[str]) -> str | None:
    # Without spaces and case: markers are typed again by hand.
    bare = "".join(line.split()).lower()
    return next((marker for marker in markers if bare == marker.lower()), None)
