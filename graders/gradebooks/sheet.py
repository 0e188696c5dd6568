"""A table in CSV whose cells can be replaced while every other byte stays: cells are spans of the file's bytes."""

import codecs
import math
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice, zip_longest
from operator import itemgetter

from msgspec import Struct

from graders.decoding import plausible_encoding
from graders.errors import UsageError
from graders.messages import Message, message
from graders.spelling import folded

_CSV_DELIMITERS = (b",", b";", b"\t")
# Above a list of students a form puts its own name and the term, in fewer rows than this.
_MOST_TITLE_ROWS = 15
_NUMBER_AS_WRITTEN = re.compile(r"^[+-]?(?:[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+)$")
# A whole number in groups of three: platforms write two decimals or none, never exactly three.
_WHOLE = re.compile(r"^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3}|\.[0-9]{3})+$")

# Spaces and apostrophes group digits in Swiss and French sheets; between other digits they make no number.
_GROUPING = re.compile(r"(?<=[0-9])[\s'\u2019](?=[0-9]{3}(?![0-9]))")

STUDENT_TITLES = (
    *("student", "student id", "id", "user", "username", "user name", "email", "name"),
    *("学号", "学生", "姓名"),
)
"""What the instructor's own tables call the column that says whose a line is, the most telling title first."""

_DECIMAL_MARK = re.compile(r"[.,](?=\d+$)")


class Grade(Struct, frozen=True):
    """What a student got, and a short comment; `student` is the id by which the platform knows them, or None.

    `ids`: by what else the roster knows them, for a sheet of another platform.
    """

    student: str | None
    name: str | None
    points: float
    max: float
    comment: str | None = None
    ids: tuple[str, ...] = ()


class Filled(Struct, frozen=True):
    """A filled sheet, the grades that found no row in it, and sentences on what else the instructor should know.

    `column`: the title of the column that was filled.
    """

    sheet: bytes
    unmatched: tuple[Grade, ...]
    notes: tuple[Message, ...]
    column: str


class Sheet:
    """The cells of a CSV file. Rows and columns count from 0; a row may be shorter than the header."""

    def __init__(self, content: bytes, what: str) -> None:
        """Find the cells. Raises UsageError if this is not a table; `what` names the file's role in the message."""
        self.what = what
        self.content = content
        self.encoding = _encoding(content, what)
        self.start = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
        self.delimiter = self._sniffed_delimiter()
        self._rows = list(self._spans(self.delimiter))
        self._edits: dict[tuple[int, int], bytes] = {}
        if not self._rows:
            raise UsageError(message("usage.sheet-empty", sheet=what))

    def __len__(self) -> int:
        return len(self._rows)

    def width(self, row: int) -> int:
        """Return how many cells a row has."""
        return len(self._rows[row]) // 2

    def text(self, row: int, column: int | None) -> str:
        """Return a cell's text; empty if the row is too short, or the table has no such column."""
        if column is None or column >= self.width(row):
            return ""
        raw = self._raw(row, column)
        if len(raw) > 1 and raw.startswith(b'"') and raw.endswith(b'"'):
            raw = raw[1:-1].replace(b'""', b'"')
        return raw.decode(self.encoding)

    def texts(self, row: int) -> list[str]:
        """Return all texts of a row."""
        return [self.text(row, column) for column in range(self.width(row))]

    def titles(self) -> list[str]:
        """Return the texts of the first row, as titles are compared."""
        return list(map(folded, self.texts(0)))

    def replace(self, row: int, column: int, text: str) -> None:
        """Put another text into a cell, quoted if the cell was or the text has to be."""
        if text == self.text(row, column):
            return
        quoted = self._raw(row, column).startswith(b'"') or any(c in f'{self.delimiter.decode()}"\r\n' for c in text)
        written = '"' + text.replace('"', '""') + '"' if quoted else text
        self._edits[row, column] = written.encode(self.encoding, "xmlcharrefreplace")  # comments are shown as HTML

    def written(self) -> bytes:
        """Return the file with the replaced cells."""
        pieces, position = [], 0
        for (row, column), replacement in sorted(self._edits.items()):
            start, end = self._rows[row][2 * column], self._rows[row][2 * column + 1]
            pieces += [self.content[position:start], replacement]
            position = end
        return b"".join([*pieces, self.content[position:]])

    def writes_decimal_commas(self, columns: list[int]) -> bool:
        """Tell how numbers are written: as in these columns, else as is usual with the delimiter."""
        for row in range(1, len(self)):
            for column in columns:
                text = self.text(row, column).strip()
                if number(text) is not None and (mark := _DECIMAL_MARK.search(text)) and not _WHOLE.match(text):
                    return mark[0] == ","
        # Where the comma is the decimal mark, spreadsheets separate cells by semicolons.
        return self.delimiter == b";"

    def _raw(self, row: int, column: int) -> bytes:
        spans = self._rows[row]
        return self.content[spans[2 * column] : spans[2 * column + 1]]

    def _sniffed_delimiter(self) -> bytes:
        """Return the delimiter that gives the first row the most cells; a title above the table has one cell by any."""
        rows = [self._first_widths(delimiter) for delimiter in _CSV_DELIMITERS]
        widths = next((row for row in zip_longest(*rows, fillvalue=0) if max(row) > 1), (0,) * len(rows))
        return max(zip(_CSV_DELIMITERS, widths, strict=True), key=itemgetter(1))[0]

    def _first_widths(self, delimiter: bytes) -> list[int]:
        """Return the widths of the first rows, as far as they can be read with a delimiter."""
        widths: list[int] = []
        with suppress(UsageError):  # a quotation mark that is not closed, with this one
            widths += (len(row) // 2 for row in islice(self._spans(delimiter), _MOST_TITLE_ROWS))
        return widths

    def _spans(self, delimiter: bytes) -> Iterator["array[int]"]:
        """Yield, per row, the start and end of each cell in bytes.

        Bytes are enough: in UTF-8 and GB18030 no part of a longer character looks like a delimiter, quote or line end.
        """
        # One pattern per cell, in which a character can be read in one way only: a sheet of ten megabytes is scanned
        # once. A quote within quotes that no delimiter follows is taken as text, as spreadsheets do.
        stop = re.escape(delimiter)
        cell = re.compile(
            rb'(?P<quoted>"[^"]*(?:(?:""|"(?=[^%b\r\n"]))[^"]*)*"(?=%b|\r|\n|\Z))|[^%b\r\n]*' % (stop, stop, stop)
        )
        row, position, number_of_row = array("q"), self.start, 1
        while position < len(self.content):
            match = cell.match(self.content, position)
            assert match is not None
            if self.content[position : position + 1] == b'"' and match["quoted"] is None:
                raise UsageError(message("usage.sheet-quote", sheet=self.what, row=number_of_row))
            row.extend(match.span())
            position = match.end()
            after = self.content[position : position + 1]
            if after == delimiter:
                position += 1
                if position < len(self.content):
                    continue
                # The file ends behind a delimiter: the last cell is empty, but there.
                row.extend((position, position))
            yield row
            row, number_of_row = array("q"), number_of_row + 1
            position += 2 if self.content[position : position + 2] == b"\r\n" else 1


def in_utf8(content: bytes) -> bytes:
    """Return a table that is only read, and so need not keep its bytes: spreadsheets save "Unicode text" in UTF-16."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    return content.decode("utf-16", "replace").encode(errors="replace")


def _encoding(content: bytes, what: str) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UsageError(message("usage.sheet-office", sheet=what))
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content:
        raise UsageError(message("usage.sheet-utf8", sheet=what))
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = plausible_encoding(content)
    else:
        return "utf-8"
    if encoding is None:
        raise UsageError(message("usage.sheet-encoding", sheet=what))
    return encoding


def first_titled(titles: Sequence[str], names: Iterable[str]) -> int | None:
    """Return the column with one of these titles, the most telling first; None if there is none."""
    return next((titles.index(name) for name in names if name in titles), None)


def number(text: str) -> float | None:
    """Return a number with decimal point or comma, or None.

    The last mark is the decimal one, as Canvas reads it, unless all of them stand before groups of three digits.
    """
    plain = _GROUPING.sub("", text.strip())
    if not _NUMBER_AS_WRITTEN.match(plain):
        return None
    if _WHOLE.match(plain):
        plain = re.sub("[.,]", "", plain)
    whole, mark, fraction = plain.replace(",", ".").rpartition(".")
    value = float(f"{whole.replace('.', '')}{mark}{fraction}")
    return value if math.isfinite(value) else None


def replaced_notes(replaced: Sequence[tuple[str | Message, str, str]]) -> list[Message]:
    """Say which grades that were there are other ones now: whose, the old and the new."""
    if not replaced:
        return []
    return [
        message("sheet.replaced", count=len(replaced)),
        *(message("sheet.replaced-one", who=who, old=old, new=new) for who, old, new in replaced),
    ]


def written_number(value: float, decimal_comma: bool) -> str:
    """Return a number as platforms export it."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if decimal_comma else text


def scaled(grade: Grade, possible: float | None) -> float:
    """Return the points on the sheet's scale; unchanged where the sheet has none."""
    if possible is None or possible <= 0 or grade.max <= 0 or possible == grade.max:
        return grade.points
    return grade.points / grade.max * possible
