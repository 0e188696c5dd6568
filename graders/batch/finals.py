"""The final grades that a folder's gradebook tells, and which of them would become others."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from graders.batch.standing import NO_GRADE
from graders.errors import UsageError
from graders.escaping import csv_cell
from graders.gradebooks.sheet import Sheet, first_titled, in_utf8, number
from graders.reports.endings import report_file

GRADEBOOK = "gradebook.csv"
_READ = ("student", "name", "report", "verdict", "points", "adjusted", "why", "final")


class FinalGrade(NamedTuple):
    """What counts for somebody, as it is written; empty where there is no grade. `report`: none of who is absent.

    `adjusted`, `why`: a mark by hand.
    """

    student: str
    name: str
    report: str
    text: str
    adjusted: str
    why: str

    @property
    def who(self) -> str:
        """What to call them."""
        return self.name or self.student or self.report

    def is_same(self, other: "FinalGrade") -> bool:
        """Tell whether both are the same number, however it is spelled: a spreadsheet may have saved the table."""
        return number(self.text) == number(other.text)

    def is_marked_as(self, other: "FinalGrade") -> bool:
        """Tell whether both have the same mark by hand, or none."""
        return number(self.adjusted) == number(other.adjusted)


FinalGrades = Mapping[str, FinalGrade]
"""By the cell with the report's name, or by id and name of who handed nothing in."""


def report_cell(key: str) -> str:
    """Return the cell with the name of a row's report, by which its final grade is found, too."""
    return csv_cell(report_file(key, ".yaml"))


def finals_in(content: bytes) -> FinalGrades:
    """Return the final grades of a gradebook: its last word where there is one, else the points."""
    sheet = Sheet(in_utf8(content), "gradebook")
    titles = sheet.texts(0)
    places = [first_titled(titles, [title]) for title in _READ]
    found = {}
    for row in range(1, len(sheet)):
        student, name, report, verdict, points, adjusted, why, final = (sheet.text(row, place) for place in places)
        if places[-1] is None:
            final = "" if verdict in NO_GRADE else points
        found[report or f"{student}\0{name}"] = FinalGrade(student, name, report, final, adjusted, why)
    return found


def finals_of(folder: Path) -> FinalGrades:
    """Return the final grades told in a folder; none where there is no gradebook, or nobody can read it any more."""
    try:
        return finals_in((folder / GRADEBOOK).read_bytes())
    except (OSError, UsageError):
        return {}


def replaced_finals(before: FinalGrades, after: FinalGrades) -> Iterator[tuple[FinalGrade, FinalGrade]]:
    """Yield the grades that would become others. A cell that was empty is filled, and nothing replaced."""
    for key, old in before.items():
        new = after.get(key)
        if new is not None and old.text.strip() and not old.is_same(new):
            yield old, new
