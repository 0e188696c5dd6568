"""Canvas's gradebook: fills one assignment's column of the instructor's own export.

Source: canvas-lms, lib/gradebook_exporter.rb and gradebook_importer.rb. Rows before and including `Points Possible`,
cells marked EX (excused) or N/A (not assigned), and every other column stay as they are.
"""

import re
from collections.abc import Iterable, Sequence

from graders.errors import UsageError
from graders.escaping import clean_line
from graders.gradebooks.matching import Rows
from graders.gradebooks.sheet import Filled, Grade, Sheet, folded, number, replaced_notes, scaled, written_number
from graders.messages import Message, message

_ASSIGNMENT = re.compile(r"^(?P<title>.*\S) \((?P<id>\d+)\)$", re.DOTALL)
_ID_COLUMNS = ("id", "sis user id", "sis login id", "integration id")
_KEPT = {"ex": "sheet.ex", "n/a": "sheet.n/a"}
_WHAT = "Canvas gradebook"


def fill(content: bytes, grades: Iterable[Grade], titles: Sequence[str], column: str | None = None) -> Filled:
    """Fill the column named `column`, or the only one that matches one of the exercise's `titles`.

    Raises UsageError if this is no gradebook export of Canvas, or the column is not clear.
    """
    sheet = Sheet(content, _WHAT)
    header = sheet.texts(0)
    points_row = _points_row(sheet, header)
    target = _column(header, titles, column)
    if "read only" in (possible_text := sheet.text(points_row, target)):
        raise UsageError(f"{_WHAT}: the column {header[target]!r} is read only")
    possible = number(possible_text)
    first = next((index for index, title in enumerate(header) if _ASSIGNMENT.match(title)), len(header))
    ids = [header_index for name in _ID_COLUMNS for header_index, title in enumerate(header) if folded(title) == name]
    names = [index for index in range(first) if "name" in folded(header[index]) or folded(header[index]) == "student"]
    rows = Rows(sheet, range(points_row + 1, len(sheet)), ids=ids, names=names)
    commas = sheet.writes_decimal_commas([target, *range(first, len(header))])
    notes, replaced = [], []
    for row, grade in rows.matched(grades):
        old, value = sheet.text(row, target), scaled(grade, possible)
        if (kept := _KEPT.get(old.strip().lower())) is not None:
            notes.append(message("sheet.kept", who=rows.label(row), what=message(kept)))
        elif target >= sheet.width(row):
            notes.append(message("sheet.short", who=rows.label(row)))
        elif number(old) != value:
            written = written_number(value, commas)
            sheet.replace(row, target, written)
            replaced += [(rows.label(row), clean_line(old), written)] if number(old) is not None else []
    scaling = _scale_notes(rows.used(), possible)
    return Filled(sheet.written(), rows.unmatched(), (*scaling, *replaced_notes(replaced), *notes, *rows.notes()))


def _points_row(sheet: Sheet, header: list[str]) -> int:
    """Return the row of points possible; the students' rows follow it."""
    folded_header = [folded(title) for title in header]
    students = "student" in folded_header[0] or folded_header[:2] == ["lastname", "firstname"]
    if not students or "id" not in folded_header or "section" not in folded_header:
        raise UsageError(f"{_WHAT}: not Canvas's export: it has no columns Student, ID and Section")
    for row in range(1, min(4, len(sheet))):
        if folded(sheet.text(row, 0)).startswith("points possible"):
            return row
    raise UsageError(f"{_WHAT}: not Canvas's export: it has no row Points Possible")


def _column(header: list[str], titles: Sequence[str], column: str | None) -> int:
    if column is not None:
        return _named_column(header, column)
    assignments = {index: match["title"] for index, title in enumerate(header) if (match := _ASSIGNMENT.match(title))}
    wanted = {_bare(title) for title in titles if _bare(title)}
    equal = [index for index, title in assignments.items() if _bare(title) in wanted]
    similar = [index for index, title in assignments.items() if any(each in _bare(title) for each in wanted)]
    for found in (equal, similar):
        if len(found) == 1:
            return found[0]
    candidates = ", ".join(repr(header[index]) for index in equal or similar or assignments) or "none"
    raise UsageError(f"{_WHAT}: choose the assignment with --gradebook-column TITLE; there are: {candidates}")


def _named_column(header: list[str], column: str) -> int:
    """Return the column with this header, or this title or id before or in its parentheses."""
    spellings = [_spellings(title) for title in header]
    found = [index for index, names in enumerate(spellings) if folded(column) in names]
    exact = [index for index in found if folded(header[index]) == folded(column)]
    for indices in (exact, found):
        if len(indices) == 1:
            if folded(header[indices[0]]) in (*_ID_COLUMNS, "student", "section", "lastname", "firstname"):
                break
            return indices[0]
    assignments = ", ".join(repr(title) for title in header if _ASSIGNMENT.match(title)) or "none"
    count = "several columns are" if len(found) > 1 else "no column of grades is"
    raise UsageError(f"{_WHAT}: {count} called {column!r}; there are: {assignments}")


def _spellings(title: str) -> set[str]:
    match = _ASSIGNMENT.match(title)
    return {folded(title), *(folded(part) for part in (match.groups() if match else ()))}


def _bare(title: str) -> str:
    return "".join(filter(str.isalnum, folded(title)))


def _scale_notes(grades: Iterable[Grade], possible: float | None) -> list[Message]:
    """Say whether points were scaled."""
    scales = sorted({grade.max for grade in grades if possible and grade.max != possible})
    if possible is None:
        return [message("sheet.column-unscaled")]
    return [message("sheet.column-scaled", old=f"{scale:g}", new=f"{possible:g}") for scale in scales]
