"""A class in numbers, counted in one pass over its rows; what is kept of them does not grow with the class."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from graders.batch.rows import Row

# So many students are kept per mistake; the class's table has them all.
_STUDENTS_AT_MOST = 40

PERHAPS_EMPTY = ("student", "name", "attempt", "late")
"""Fields of a row that a whole class may lack; the page then has no such column."""


class Tally:
    """Counts of a class. A submission that was not graded counts in no score, step or mistake.

    `students`: the first rows that show a mistake. `filled`: fields, of those that may be empty, that some row
    has.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self.verdicts: Counter[str] = Counter()
        self.tenths: Counter[int] = Counter()
        self.first_wrong_steps: Counter[str] = Counter()
        self.wrong_steps: Counter[str] = Counter()
        self.mistakes: Counter[str] = Counter()
        self.students: dict[str, list[Row]] = {}
        self.filled: set[str] = set()
        self.late = 0
        self._percents = 0.0
        for row in rows:
            self._add(row)

    @property
    def submissions(self) -> int:
        """All of them."""
        return self.verdicts.total()

    @property
    def graded(self) -> int:
        """Those that have a score."""
        return self.tenths.total()

    @property
    def mean_percent(self) -> float | None:
        """The mean score; None if nothing was graded."""
        return round(self._percents / self.graded, 1) if self.graded else None

    @property
    def scores(self) -> dict[str, int]:
        """How many scores there are from each ten percent to the next; the last includes 100."""
        return {f"{10 * tenth}–{10 * tenth + 10}": self.tenths[tenth] for tenth in range(10)}

    def summary(self, exercise: str) -> dict[str, Any]:
        """Return the numbers as a document."""
        return {
            "exercise": exercise,
            "submissions": self.submissions,
            "late": self.late,
            "mean_percent": self.mean_percent,
            "verdicts": dict(self.verdicts.most_common()),
            "scores": self.scores,
            "wrong_steps": dict(self.wrong_steps.most_common()),
            "first_wrong_step": dict(self.first_wrong_steps.most_common()),
            "mistakes": dict(self.mistakes.most_common()),
        }

    def _add(self, row: Row) -> None:
        self.verdicts[str(row.verdict)] += 1
        self.late += row.late
        self.filled.update(name for name in PERHAPS_EMPTY if getattr(row, name))
        if not row.is_graded:
            return
        self.tenths[min(9, int(row.percent // 10))] += 1  # 100 % belongs to the last tenth, not to one of its own
        self._percents += row.percent
        self.wrong_steps.update(row.wrong_steps)
        self.first_wrong_steps.update(row.wrong_steps[:1])  # a slice: there may be none
        for mistake in row.mistakes:
            self.mistakes[mistake] += 1
            students = self.students.setdefault(mistake, [])
            if len(students) < _STUDENTS_AT_MOST:
                students.append(row)
