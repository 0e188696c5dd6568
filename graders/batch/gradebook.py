"""The gradebook of a batch: one row for every input, as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator

from graders.escaping import csv_cell
from graders.gradebooks import Student
from graders.outcome import Row, Verdict

COLUMNS = ("student", "name", "file", "points", "max", "percent", "verdict")
MORE_COLUMNS = ("first_wrong_step", "misconceptions", "attempt", "late", "note", "report")


def csv_lines(rows: Iterable[Row], check_ids: list[str]) -> Iterator[bytes]:
    """Yield the gradebook line by line, UTF-8 with a byte order mark, which spreadsheets need for Chinese names."""
    yield b"\xef\xbb\xbf" + csv_line([*COLUMNS, *check_ids, *MORE_COLUMNS])
    for row in rows:
        yield csv_line(
            [
                csv_cell(row.student or ""),
                csv_cell(row.name or ""),
                csv_cell(row.file),
                "" if row.verdict is Verdict.NOT_GRADED else f"{row.points:g}",
                f"{row.max:g}",
                "" if row.verdict is Verdict.NOT_GRADED else f"{row.percent:g}",
                row.verdict,
                *(str(row.checks.get(check, "")) for check in check_ids),
                row.first_wrong_step or "",
                " ".join(row.misconceptions),
                csv_cell(str(row.attempt if row.attempt is not None else "")),
                "late" if row.late else "",
                csv_cell(row.note or ""),
                csv_cell(f"{row.key}.report.yaml"),
            ]
        )


def missing_lines(students: Iterable[Student], checks: int) -> Iterator[bytes]:
    """Yield a line for every student who handed nothing in."""
    for student in students:
        cells = [csv_cell(student.id), csv_cell(student.name or ""), "", "", "", "", "not-handed-in"]
        yield csv_line([*cells, *[""] * (checks + len(MORE_COLUMNS))])


def csv_line(cells: Iterable[str]) -> bytes:
    """Return a row of a table."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8")
