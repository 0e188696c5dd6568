"""The gradebook: one line for every hand-in, as CSV. Which columns there are, and what stands in each, is said here.

One exercise has its columns side by side; several have a group each, and a student one line.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from graders.batch.finals import report_cell
from graders.batch.rows import Row
from graders.batch.standing import NOTHING_ASKED, Absent, AskedColumns, GradebookLine
from graders.escaping import csv_cell
from graders.exercise.asked import total_points
from graders.gradebooks import Student

BOM = b"\xef\xbb\xbf"
"""Begins a table: spreadsheets need it for Chinese names."""

_NOT_HANDED_IN = "not-handed-in"


class CheckGroup(NamedTuple):
    """The ids of checks that stand side by side; `part`: the exercise they belong to, of one that is made of others."""

    checks: Sequence[str]
    part: str | None = None


class _Column(NamedTuple):
    title: str
    cell: Callable[[GradebookLine], str]


def _as_cell(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


# Every text goes through `csv_cell`: a student's name may begin like a formula.
_ABOUT_STUDENT = (
    _Column("student", lambda line: csv_cell(line.row.student or "")),
    _Column("name", lambda line: csv_cell(line.row.name or "")),
)
_SECTION = _Column("section", lambda line: csv_cell(line.section))
_FILE_NAME = _Column("file", lambda line: csv_cell(line.row.file))
_SCORE = (
    # a fault of ours is no zero
    _Column("points", lambda line: _as_cell(line.row.points) if line.row.is_graded else ""),
    _Column("max", lambda line: _as_cell(line.row.max)),
    _Column("percent", lambda line: _as_cell(line.row.percent) if line.row.is_graded else ""),
    _Column("verdict", lambda line: line.row.verdict),
)
_ABOUT = (
    _Column("first_wrong_step", lambda line: line.row.first_wrong_step or ""),
    _Column("mistakes", lambda line: csv_cell(" ".join(line.row.mistakes))),
    _Column("attempt", lambda line: csv_cell(str(line.row.attempt if line.row.attempt is not None else ""))),
    _Column("late", lambda line: "late" if line.row.late else ""),
)
_LATE = (
    _Column("days_late", lambda line: _as_cell(line.days_late)),
    _Column("after_late", lambda line: _as_cell(line.after_late)),
)
_ADJUSTED = (
    _Column("adjusted", lambda line: _as_cell(line.adjusted)),
    _Column("why", lambda line: csv_cell(line.why)),
)
_FINAL_POINTS = _Column("final", lambda line: _as_cell(line.final))
_NOTE = _Column("note", lambda line: csv_cell(line.row.note or ""))


def _report(folder: str = "") -> _Column:
    return _Column("report", lambda line: report_cell(f"{folder}{line.row.key}"))


def _check(check: str) -> _Column:
    return _Column(check, lambda line: str(line.row.checks.get(check, "")))


def _part_points(part: str) -> _Column:
    return _Column(f"{part} points", lambda line: _as_cell(line.row.parts.get(part)) if line.row.is_graded else "")


def _of_one(asked: AskedColumns, groups: Sequence[CheckGroup]) -> list[_Column]:
    """Return the columns of a class that has handed in one exercise; those for which nobody asked are not there."""
    section = (_SECTION,) if asked.sections else ()
    settled = _settled(asked)
    final = (_FINAL_POINTS,) if settled else ()
    return [
        *_ABOUT_STUDENT,
        *section,
        _FILE_NAME,
        *_SCORE,
        *(column for group in groups for column in _of_checks(group)),
        *_ABOUT,
        *settled,
        *final,
        _NOTE,
        _report(),
    ]


def _settled(asked: AskedColumns) -> Sequence[_Column]:
    """Return the columns of what the instructor has said beside the points."""
    return (*(_LATE if asked.lateness else ()), *(_ADJUSTED if asked.marks else ()))


def _of_checks(group: CheckGroup) -> list[_Column]:
    points = [] if group.part is None else [_part_points(group.part)]
    return [*points, *map(_check, group.checks)]


def _of_group(asked: AskedColumns, exercise: str) -> list[_Column]:
    """Return the columns of one of several exercises: what its own gradebook says in more detail."""
    return [*_SCORE, *_settled(asked), _FINAL_POINTS, _NOTE, _report(f"{exercise}/")]


def csv_lines(
    lines: Iterable[GradebookLine],
    groups: Sequence[CheckGroup],
    missing: Iterable[Absent] = (),
    asked: AskedColumns = NOTHING_ASKED,
) -> Iterator[bytes]:
    """Yield the gradebook of one exercise line by line; `missing`: who handed nothing in."""
    columns = _of_one(asked, groups)
    yield BOM + csv_line(column.title for column in columns)
    for line in lines:
        yield csv_line(column.cell(line) for column in columns)
    for absent in missing:
        facts = _about_absent(absent)
        yield csv_line(facts.get(column.title, "") for column in columns)


def _about_absent(absent: Absent) -> dict[str, str]:
    """Return what is known about a student who handed nothing in, by the columns' titles."""
    return {
        "student": csv_cell(absent.student.id),
        "name": csv_cell(absent.student.name or ""),
        "section": csv_cell(absent.section),
        "verdict": _NOT_HANDED_IN,
        "adjusted": _as_cell(absent.adjusted),
        "why": csv_cell(absent.why),
        "final": _as_cell(absent.adjusted),
    }


class Group(NamedTuple):
    """What a class handed in of one of several exercises; `worth`: the points that it has.

    `absent`: what is known of a student who did not hand it in.
    """

    exercise: str
    lines: Iterable[GradebookLine]
    worth: float
    absent: Callable[[Student], Absent] = Absent


def joined_lines(groups: Sequence[Group], asked: AskedColumns, missing: Iterable[Student] = ()) -> Iterator[bytes]:
    """Yield the gradebook of several exercises: a line per student, a group of columns per exercise, and the sum.

    `missing`: who handed in none of them.
    """
    about = [*_ABOUT_STUDENT, *((_SECTION,) if asked.sections else ())]
    columns = [_of_group(asked, group.exercise) for group in groups]
    most = _as_cell(total_points(group.worth for group in groups))
    titles = (column.title for column in about)
    yield BOM + csv_line([*titles, *_titles_of_groups(groups, columns), "points", "max"])
    for lines in (*_by_student(groups), *_of_missing(groups, missing)):
        # Who has handed in one of the exercises is known best by that.
        known = next((line for line in lines if isinstance(line, GradebookLine)), lines[0])
        who = [_cell(column, known) for column in about]
        yield csv_line([*who, *_cells_of_groups(columns, lines), _as_cell(_sum(lines)), most])


_Lines = Sequence[GradebookLine | Absent]
"""What is known of a student in each of the exercises."""


def _of_missing(groups: Sequence[Group], missing: Iterable[Student]) -> Iterator[_Lines]:
    for student in missing:
        yield [group.absent(student) for group in groups]


def _cells_of_groups(columns: Sequence[Sequence[_Column]], lines: _Lines) -> Iterator[str]:
    for own, line in zip(columns, lines, strict=True):
        yield from (_cell(column, line) for column in own)


def _titles_of_groups(groups: Sequence[Group], columns: Sequence[Sequence[_Column]]) -> Iterator[str]:
    for group, own in zip(groups, columns, strict=True):
        yield from (f"{group.exercise} {column.title}" for column in own)


def _cell(column: _Column, line: GradebookLine | Absent) -> str:
    return _about_absent(line).get(column.title, "") if isinstance(line, Absent) else column.cell(line)


def _by_student(groups: Sequence[Group]) -> Iterator[_Lines]:
    """Yield each student's line of every exercise. One without id or name is told by the place of the hand-in."""
    people: dict[str, list[GradebookLine | None]] = {}
    for number, group in enumerate(groups):
        for line in group.lines:
            row = line.row
            lines = people.setdefault(row.student or row.name or f"/{row.key}", [None] * len(groups))
            # Of several hand-ins that nothing tells apart (a file with a counter, two folders) the better one counts.
            lines[number] = _better(lines[number], line)
    return (_with_absent(groups, lines) for lines in people.values())


def _better(kept: GradebookLine | None, line: GradebookLine) -> GradebookLine:
    return line if kept is None or (line.final or 0) > (kept.final or 0) else kept


def _with_absent(groups: Sequence[Group], lines: Sequence[GradebookLine | None]) -> _Lines:
    """Say of what was not handed in that it was not: a mark by hand may stand for it."""
    known = next(filter(None, lines)).row
    student = Student(known.student or "", known.name)
    return [line or group.absent(student) for group, line in zip(groups, lines, strict=True)]


def _sum(lines: _Lines) -> float | None:
    """Return all points of a student; None where one exercise has none yet: a part is no result.

    What was not handed in counts for nothing, but for a mark by hand.
    """
    finals = [line.adjusted if isinstance(line, Absent) else line.final for line in lines if not _is_nothing(line)]
    return None if None in finals or not finals else total_points(value for value in finals if value is not None)


def _is_nothing(line: GradebookLine | Absent) -> bool:
    return isinstance(line, Absent) and line.adjusted is None


def who_cells(row: Row) -> list[str]:
    """Return the cells that say whose a row is, and which file."""
    return [csv_cell(text or "") for text in (row.student, row.name, row.file)]


def csv_line(cells: Iterable[str]) -> bytes:
    """Return a row of a table."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8")
