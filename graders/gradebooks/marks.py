"""Marks that a person has given: a table with the columns student, adjusted, why, and exercise where there are several.

It is the instructor's own file and never written to; whatever is graded again, what stands in it stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graders.errors import UsageError
from graders.gradebooks.sheet import STUDENT_TITLES, Sheet, first_titled, in_utf8, number
from graders.messages import message
from graders.spelling import bare, spoken

_MARK_TITLES = {
    "student": STUDENT_TITLES,
    "adjusted": ("adjusted", "points", "mark", "grade", "调整", "成绩", "分数"),
    "why": ("why", "reason", "comment", "note", "原因", "理由", "说明"),
    "exercise": ("exercise", "练习"),
}


class HandMark(NamedTuple):
    """A person's mark, and the reason for it."""

    points: float
    why: str


Marks = Mapping[tuple[str, str], HandMark]
"""By student and exercise; without an exercise, of all."""


def read_marks(content: bytes) -> Marks:
    """Read the table. Raises UsageError."""
    sheet = Sheet(in_utf8(content), "adjusted")
    places = {column: first_titled(sheet.titles(), names) for column, names in _MARK_TITLES.items()}
    if places["student"] is None or places["adjusted"] is None:
        raise UsageError(message("usage.marks-columns"))
    return dict(_marks(sheet, places))


def _marks(sheet: Sheet, places: Mapping[str, int | None]) -> Iterator[tuple[tuple[str, str], HandMark]]:
    for row in range(1, len(sheet)):
        student, points, why, exercise = (sheet.text(row, places[column]).strip() for column in _MARK_TITLES)
        if not student or not points:  # a row that waits for a decision
            continue
        value = number(points)
        if value is None:
            raise UsageError(message("usage.marks-number", row=row + 1, found=points))
        yield (spoken(student), bare(exercise)), HandMark(value, why)


def mark_for(marks: Marks, who: Sequence[str], exercise: str) -> HandMark | None:
    """Return the mark of a student, known by an id or a name."""
    keys = [(spoken(text), each) for text in who for each in (bare(exercise), "")]
    return next((marks[key] for key in keys if key in marks), None)
