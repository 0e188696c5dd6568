"""Moodle's grading worksheet: fills Grade and Feedback comments in the instructor's own download, in any language.

Source: moodle, mod/assign/feedback/offline/importgradeslib.php and mod/assign/gradingtable.php. The first column is
`Participant <id>`; Grade stands left of Maximum Grade. "Last modified (grade)" stays as it is: Moodle compares it.
"""

import html
import re
from collections.abc import Iterable

from msgspec import Struct

from graders.errors import UsageError
from graders.escaping import csv_cell
from graders.gradebooks.matching import Rows
from graders.gradebooks.sheet import Filled, Grade, Sheet, number, replaced_notes, scaled, written_number
from graders.messages import Message, message
from graders.spelling import folded

_WORKSHEET = "Moodle worksheet"
_PARTICIPANT = re.compile(r"^\D*?(\d+)$")
# The sheet is in the language of the instructor who downloaded it, and Moodle's language packs are not at hand here.
# Titles that are not among these are still found, by what stands in the columns.
_GRADE = {"grade", "bewertung", "成绩", "成績", "分数", "分數", "calificación", "calificacion", "note", "valutazione",
          "評点", "評定", "cijfer", "beoordeling", "nota", "avaliação", "qualificació", "оценка", "ocena"}  # fmt: skip
_MAXIMUM = {"maximum grade", "bestwertung", "最高分", "最高成绩", "最高分數", "calificación máxima", "note maximale",
            "valutazione massima", "最大評点", "maximumcijfer", "maximale cijfer", "nota máxima",
            "qualificació màxima", "максимальная оценка"}  # fmt: skip
_CHANGEABLE = ("can be changed", "geändert werden", "允许更改", "可以更改", "能否更改", "可更改", "可以變更", "変更可",
               "puede cambiar", "puede ser cambiada", "pot canviar", "può essere", "peut être", "gewijzigd worden",
               "pode ser", "может быть изменена")  # fmt: skip
_COMMENTS = ("feedback comments", "feedback als kommentar", "反馈评论", "评语", "回饋評論", "評語", "comentarios",
             "commentaires", "フィードバックコメント", "commenti", "feedback tekst", "feedback: ")  # fmt: skip
# What Moodle writes into the column that says whether a grade can be changed.
_NO = {"no", "nein", "non", "否", "不", "不是", "不能", "não", "nee", "нет", "いいえ", "nej", "nie"}

# How the column right of Grade is called where an assignment is graded in words: `Poor, Fair, Good`.
_SCALE = {"scale", "skala", "量表", "量尺", "escala", "barème", "échelle", "scala", "評価尺度", "schaal"}


class _Columns(Struct, frozen=True, kw_only=True):
    grade: int
    maximum: int | None
    changeable: int | None
    comments: int | None


def fill_moodle(content: bytes, grades: Iterable[Grade], column: str | None = None) -> Filled:
    """Fill the worksheet; `column` names the column of grades where its language is not known here.

    Raises UsageError if this is no worksheet, with the sheets that would do, or if the column is not clear.
    """
    sheet = Sheet(content, _WORKSHEET)
    _check_participants(sheet)
    columns = _find_columns(sheet, column)
    rows = Rows(sheet, range(1, len(sheet)), ids=range(columns.grade), names=[1], spelled={0: _participant_number})
    commas = sheet.writes_decimal_commas([columns.grade, columns.maximum or columns.grade])
    notes, replaced = [], []
    scales: set[tuple[float, float]] = set()
    for row, grade in rows.matched(grades):
        if (obstacle := _why_untouched(sheet, rows, row, columns)) is not None:
            notes.append(obstacle)
            continue
        # Read in each row: where one has no maximum, its points stay as they are.
        maximum = number(sheet.text(row, columns.maximum))
        if maximum and maximum != grade.max:
            scales.add((grade.max, maximum))
        old, value = sheet.text(row, columns.grade), scaled(grade, maximum)
        if number(old) not in (None, value):
            replaced.append((rows.label(row), old, written_number(value, commas)))
        _write(sheet, row, columns, grade, value, commas)
    scaling = [message("sheet.scaled", old=f"{old:g}", new=f"{new:g}") for old, new in sorted(scales)]
    said = (*scaling, *_about_absent_columns(columns), *replaced_notes(replaced), *notes, *rows.notes())
    return Filled(sheet.written(), rows.unmatched(), said, sheet.text(0, columns.grade))


def _why_untouched(sheet: Sheet, rows: Rows, row: int, columns: _Columns) -> Message | None:
    """Say why a student's row stays as it is: the grade is locked, or its cell is not there."""
    if folded(sheet.text(row, columns.changeable)) in _NO:
        return message("sheet.locked", who=rows.label(row))
    if columns.grade >= sheet.width(row):
        return message("sheet.short", who=rows.label(row))
    return None


def _write(sheet: Sheet, row: int, columns: _Columns, grade: Grade, value: float, commas: bool) -> None:
    """Put a grade and its comment into a row, unless they are there already. Moodle shows comments as HTML."""
    if number(sheet.text(row, columns.grade)) != value:
        sheet.replace(row, columns.grade, written_number(value, commas))
    column, comment = columns.comments, grade.comment
    if comment is None or column is None or column >= sheet.width(row):
        return
    # It is there already, escaped or not: not a byte of the cell changes.
    if sheet.text(row, column) != comment:
        sheet.replace(row, column, csv_cell(html.escape(comment, quote=False)))


def _participant_number(text: str) -> str:
    """Return the number of `Participant <number>`."""
    match = _PARTICIPANT.match(text.strip())
    return match[1] if match else folded(text)


def _check_participants(sheet: Sheet) -> None:
    identifiers = [text for row in range(1, len(sheet)) if (text := sheet.text(row, 0).strip())]
    if sheet.width(0) < 3 or not identifiers or not all(map(_PARTICIPANT.match, identifiers)):
        raise UsageError(message("usage.sheet-none"))


def _find_columns(sheet: Sheet, column: str | None) -> _Columns:
    header = sheet.titles()
    maximum = next((index for index, title in enumerate(header) if title in _MAXIMUM), None)
    grade = _grade_column(sheet, header, column, maximum)
    if grade + 1 < len(header) and header[grade + 1] in _SCALE:
        raise UsageError(message("usage.moodle-scale"))
    if maximum is None and _is_one_number(sheet, grade + 1):
        maximum = grade + 1
    return _Columns(
        grade=grade,
        maximum=maximum,
        changeable=_first_right_of(grade, header, _CHANGEABLE),
        comments=_first_right_of(grade, header, _COMMENTS),
    )


def _first_right_of(column: int, header: list[str], parts: Iterable[str]) -> int | None:
    """Return the first column right of another whose title contains one of these parts.

    What stands left of the grade is about the student, and a custom field there may be called anything.
    """
    right = range(column + 1, len(header))
    return next((index for index in right if any(part in header[index] for part in parts)), None)


def _grade_column(sheet: Sheet, header: list[str], column: str | None, maximum: int | None) -> int:
    """Return the column of that name, or of a known name, or left of the only column that is one number throughout."""
    wanted = _GRADE if column is None else {folded(column)}
    # The first column is the participant's, whatever it is called.
    found = [index for index, title in enumerate(header) if index > 0 and title in wanted]
    if not found and column is None:
        found = _left_of_maximum(sheet, maximum)
    if len(found) == 1:
        return found[0]
    names = ", ".join(repr(title) for title in sheet.texts(0))
    raise UsageError(message("usage.moodle-choose", columns=names))


def _left_of_maximum(sheet: Sheet, maximum: int | None) -> list[int]:
    """Return where the grade may be by its place: Moodle puts it left of the maximum, in every language."""
    if maximum is None:
        return [index - 1 for index in range(2, sheet.width(0)) if _is_one_number(sheet, index)]
    return [maximum - 1] if maximum > 1 else []


def _is_one_number(sheet: Sheet, column: int) -> bool:
    """Tell whether a column has the same positive number for everybody, as a maximum does."""
    values = {number(sheet.text(row, column)) for row in range(1, len(sheet)) if sheet.text(row, 0)}
    return len(values) == 1 and (values.pop() or 0) > 0


def _about_absent_columns(columns: _Columns) -> list[Message]:
    notes = []
    if columns.maximum is None:
        notes.append(message("sheet.unscaled"))
    if columns.comments is None:
        notes.append(message("sheet.no-comments"))
    return notes
