"""Canvas's gradebook: fills one assignment's column of the instructor's own export.

Source: canvas-lms, lib/gradebook_exporter.rb and gradebook_importer.rb. Rows before and including `Points Possible`,
cells marked EX (excused) or N/A (not assigned), and every other column stay as they are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from graders.errors import UsageError
from graders.escaping import clean_line
from graders.gradebooks.matching import Rows
from graders.gradebooks.sheet import Filled, Grade, Sheet, number, replaced_notes, scaled, written_number
from graders.messages import Message, message
from graders.spelling import bare, folded

_CANVAS = "Canvas gradebook"

# Canvas appends the assignment's id, by which it imports; columns without one are students' or Canvas's own totals.
_TITLE_AND_ID = re.compile(r"^(?P<title>.*\S) \((?P<id>\d+)\)$", re.DOTALL)
_ID_COLUMNS = ("id", "sis user id", "sis login id", "integration id")
_ABOUT_STUDENTS = (*_ID_COLUMNS, "student", "section", "lastname", "firstname")
_KEPT = {"ex": "sheet.ex", "n/a": "sheet.n/a"}

# Between the header and the points Canvas may put a row of its own, such as `Manual Posting`.
_ROWS_TO_POINTS = 4


def fill_canvas(content: bytes, grades: Iterable[Grade], titles: Sequence[str], column: str | None = None) -> Filled:
    """Fill the column named `column`, or the only one that matches one of the exercise's `titles`.

    Raises UsageError if this is no gradebook export of Canvas, or the column is not clear.
    """
    sheet = Sheet(content, _CANVAS)
    header = sheet.texts(0)
    points_row = _points_row(sheet)
    target = _assignment_column(header, titles, column)
    possible = _points_possible(sheet.text(points_row, target), header[target])
    first = next(iter(_assignments(header)), len(header))
    rows = _student_rows(sheet, points_row + 1, left_of=first)
    commas = sheet.writes_decimal_commas([target, *range(first, len(header))])
    notes, replaced = [], []
    for row, grade in rows.matched(grades):
        if (obstacle := _obstacle(sheet, rows, row, target)) is not None:
            notes.append(obstacle)
            continue
        old, value = sheet.text(row, target), scaled(grade, possible)
        # `85` is not rewritten as `85.00`: a sheet that already has the grades comes back byte for byte
        if number(old) == value:
            continue
        written = written_number(value, commas)
        sheet.replace(row, target, written)
        if number(old) is not None:
            replaced.append((rows.label(row), clean_line(old), written))
    scaling = _scale_notes(rows.used(), possible)
    said = (*scaling, *replaced_notes(replaced), *notes, *rows.notes())
    return Filled(sheet.written(), rows.unmatched(), said, header[target])


def _points_row(sheet: Sheet) -> int:
    """Return the row of points possible; the students' rows follow it."""
    header = sheet.titles()
    students = "student" in header[0] or header[:2] == ["lastname", "firstname"]
    if not students or "id" not in header or "section" not in header:
        raise UsageError(message("usage.canvas-columns"))
    for row in range(1, min(_ROWS_TO_POINTS, len(sheet))):
        if folded(sheet.text(row, 0)).startswith("points possible"):
            return row
    raise UsageError(message("usage.canvas-points"))


def _points_possible(text: str, title: str) -> float | None:
    """Return the assignment's points. Raises UsageError where Canvas would ignore the column on import."""
    if "read only" in text:
        raise UsageError(message("usage.canvas-read-only", column=repr(title)))
    return number(text)


def _student_rows(sheet: Sheet, first_row: int, *, left_of: int) -> Rows:
    """Return the rows of students, found by ids, or by names in the columns left of the assignments."""
    header = sheet.titles()
    ids = [index for name in _ID_COLUMNS for index, title in enumerate(header) if title == name]
    # An assignment may be called `Name your variables`: only what stands before the first one is a student's name.
    names = [index for index, title in enumerate(header[:left_of]) if "name" in title or title == "student"]
    return Rows(sheet, range(first_row, len(sheet)), ids=ids, names=names)


def _obstacle(sheet: Sheet, rows: Rows, row: int, column: int) -> Message | None:
    """Say why a student's cell stays as it is: the instructor's mark stands in it, or it is not there."""
    kept = _KEPT.get(sheet.text(row, column).strip().lower())
    if kept is not None:
        return message("sheet.kept", who=rows.label(row), what=message(kept))
    if column >= sheet.width(row):
        return message("sheet.short", who=rows.label(row))
    return None


def _assignments(header: Sequence[str]) -> dict[int, str]:
    """Return the titles of assignments by their columns, without Canvas's ids."""
    return {index: match["title"] for index, title in enumerate(header) if (match := _TITLE_AND_ID.match(title))}


def _assignment_column(header: list[str], titles: Sequence[str], column: str | None) -> int:
    if column is not None:
        return _column_called(header, column)
    assignments = _assignments(header)
    equal, similar = _by_title(assignments, titles)
    # An equal title decides even where others contain it, as in `Backprop` beside `Backprop (second try)`.
    for found in (equal, similar):
        if len(found) == 1:
            return found[0]
    candidates = _listed_columns(header, equal or similar or assignments)
    raise UsageError(message("usage.canvas-choose", columns=candidates))


def _by_title(assignments: Mapping[int, str], titles: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the assignments that are called like the exercise, and those whose titles contain its title."""
    wanted = set(filter(None, map(bare, titles)))
    spelled = {index: bare(title) for index, title in assignments.items()}
    equal = [index for index, title in spelled.items() if title in wanted]
    similar = [index for index, title in spelled.items() if any(each in title for each in wanted)]
    return equal, similar


def _column_called(header: list[str], column: str) -> int:
    """Return the column with this header, or this title or id before or in its parentheses."""
    wanted = folded(column)
    found = [index for index, title in enumerate(header) if wanted in _names_of_column(title)]
    exact = [index for index in found if folded(header[index]) == wanted]
    only = next((indices[0] for indices in (exact, found) if len(indices) == 1), None)
    # Never write grades over the students' ids, whatever the caller typed.
    if only is None or folded(header[only]) in _ABOUT_STUDENTS:
        raise _unclear_column(header, column, count=len(found))
    return only


def _unclear_column(header: list[str], column: str, *, count: int) -> UsageError:
    key = "usage.canvas-several" if count > 1 else "usage.canvas-nothing"
    return UsageError(message(key, column=repr(column), columns=_listed_columns(header, _assignments(header))))


def _listed_columns(header: Sequence[str], columns: Iterable[int]) -> str | Message:
    return ", ".join(repr(header[index]) for index in columns) or message("usage.none")


def _names_of_column(title: str) -> set[str]:
    """Return what an instructor may call a column: its header, the title alone, or the id alone."""
    match = _TITLE_AND_ID.match(title)
    return {folded(title), *(map(folded, match.groups()) if match else ())}


def _scale_notes(grades: Iterable[Grade], possible: float | None) -> list[Message]:
    """Say whether points were scaled."""
    scales = sorted({grade.max for grade in grades if possible and grade.max != possible})
    if possible is None:
        return [message("sheet.column-unscaled")]
    return [message("sheet.column-scaled", old=f"{scale:g}", new=f"{possible:g}") for scale in scales]
