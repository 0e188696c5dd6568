"""`to_check.csv`: the rows that a person should look at, and why. It is no verdict on anybody."""

from collections.abc import Iterable, Iterator

from graders.batch.gradebook import csv_line
from graders.escaping import csv_cell
from graders.messages import Lang, say
from graders.outcome import Kind, Row, Verdict

_OF_TO_CHECK = ("student", "name", "file", "points", "why", "report")


def to_check_lines(rows: Iterable[Row], lang: Lang) -> Iterator[bytes]:
    """Yield the table line by line; a class without such rows has a heading only."""
    yield b"\xef\xbb\xbf" + csv_line(_OF_TO_CHECK)
    for row in rows:
        reasons = [say(lang, f"to-check.{reason}") for reason in _reasons(row)]
        if reasons:
            points = "" if row.verdict is Verdict.NOT_GRADED else f"{row.points:g}"
            texts = [csv_cell(text or "") for text in (row.student, row.name, row.file)]
            said = csv_cell(" ".join([*reasons, *filter(None, [row.note])]))
            yield csv_line([*texts, points, said, csv_cell(f"{row.key}.report.yaml")])


def _reasons(row: Row) -> Iterator[str]:
    if row.verdict is Verdict.NOT_GRADED:
        yield "not-graded"
    if row.verdict is Verdict.UNREADABLE:
        yield "unreadable"
    if row.several:
        yield "several"
    if row.verdict.kind is Kind.WRONG and len(row.wrong_steps) == 1:
        yield "one-step"
