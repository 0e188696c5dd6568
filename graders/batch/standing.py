"""What a student's result comes to once everything the instructor knows beside it is counted in.

The points that were earned stay as they are; lateness and hand marks have columns of their own. What is final is
decided here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from graders.batch.rows import Row
from graders.choices import FOLDER
from graders.gradebooks import Deadlines, IdAndName, LateRule, Marks, Student, mark_for
from graders.outcome import Verdict
from graders.spelling import spoken

# What a person has to look at before there is a grade: no zero is given unseen.
NO_GRADE = (Verdict.NOT_GRADED, Verdict.UNREADABLE)
"""Verdicts without a grade."""


class AskedColumns(NamedTuple):
    """Which columns the instructor has asked for."""

    sections: bool = False
    lateness: bool = False
    marks: bool = False


NOTHING_ASKED = AskedColumns()


class GradebookLine(NamedTuple):
    """A row, and what is known beside it. `days_late`: begun since the deadline; None where nobody asked.

    `is_untimed`: there is a deadline, and nothing says when it was handed in. `ids`: of the roster's student.
    """

    row: Row
    section: str = ""
    days_late: int | None = None
    after_late: float | None = None
    adjusted: float | None = None
    why: str = ""
    is_untimed: bool = False
    ids: Sequence[str] = ()

    @property
    def final(self) -> float | None:
        """The points that count: a person's word, else what lateness has left, else what was earned."""
        # Also where there is no other grade: a hand mark is how a person answers `unreadable`.
        if self.adjusted is not None:
            return self.adjusted
        if self.row.verdict in NO_GRADE:
            return None
        return self.row.points if self.after_late is None else self.after_late


class Absent(NamedTuple):
    """A student of the roster who handed nothing in; a mark by hand counts for them, too."""

    student: Student
    section: str = ""
    adjusted: float | None = None
    why: str = ""


class Standing(Struct, frozen=True):
    """What the instructor knows: deadlines, what lateness costs, marks given by hand, sections.

    `section`: a column of the roster, or FOLDER. `enrolled`: who of the roster owns a hand-in. `shared`: names, folded,
    that several students have, so that nobody is known by them.
    """

    deadlines: Deadlines | None = None
    late: LateRule | None = None
    marks: Marks | None = None
    section: str | None = None
    enrolled: Mapping[IdAndName, Student] = {}
    shared: frozenset[str] = frozenset()

    @property
    def asked(self) -> AskedColumns:
        """Which columns there are to be."""
        return AskedColumns(
            sections=self.section is not None,
            lateness=self.deadlines is not None or self.late is not None,
            marks=self.marks is not None,
        )

    def absent(self, student: Student, exercise: str) -> Absent:
        """Return what is known about somebody who handed nothing in: the roster's section, and a mark all the same."""
        section = student.cell(self.section or "")
        mark = mark_for(self.marks, self._who(*names_and_ids(student)), exercise) if self.marks is not None else None
        return Absent(student, section) if mark is None else Absent(student, section, mark.points, mark.why)

    def lines(self, rows: Iterable[Row], exercise: str) -> Iterator[GradebookLine]:
        """Yield a line for each row of an exercise."""
        for row in rows:
            student = self.enrolled.get((row.student, row.name))
            known = () if student is None else names_and_ids(student)
            who = self._who(row.student, row.name, *known)
            # Platforms know only ids, or write `doejane`; the instructor's own list says what somebody is called.
            named = row if student is None or not student.name else row.replaced(name=student.name)
            line = GradebookLine(named, self._section(row, student), ids=known)
            if self.asked.lateness:
                line = self._with_lateness(line, who)
            mark = mark_for(self.marks, who, exercise) if self.marks is not None else None
            yield line if mark is None else line._replace(adjusted=mark.points, why=mark.why)

    def _who(self, *texts: str | None) -> list[str]:
        """Return by what a student is known: one of two with the same name by the id alone."""
        return [text for text in texts if text and spoken(text) not in self.shared]

    def _section(self, row: Row, student: Student | None) -> str:
        if self.section == FOLDER:
            return row.key.split("/", maxsplit=1)[0] if "/" in row.key else ""
        return "" if student is None else student.cell(self.section or "")

    def _with_lateness(self, line: GradebookLine, who: list[str]) -> GradebookLine:
        row, rule = line.row, self.late or LateRule()
        known = self.deadlines
        days = known.days_late(who, row.attempt, rule.grace, line.section) if known is not None else None
        untimed = known is not None and known.is_untimed(who, row.attempt, line.section) and not row.late
        if days is None:
            # A platform's own mark says late, but not by how much: the benefit of the doubt is one day.
            days = int(row.late)
        after = None if row.verdict in NO_GRADE else rule.remaining(row.points, row.max, days)
        # Late by the instructor's deadline is late in every table, as by the platform's own mark.
        late = row.replaced(late=row.late or days > 0)
        return line._replace(row=late, days_late=days, after_late=after, is_untimed=untimed)


def names_and_ids(student: Student) -> list[str]:
    """Return by what a student of the roster is known."""
    return [text for text in dict.fromkeys((student.id, student.name, *student.ids)) if text]
