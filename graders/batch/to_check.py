"""`to_check.csv`: the rows that a person should look at, and why. It is no verdict on anybody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from graders.batch.alike import named
from graders.batch.finals import report_cell
from graders.batch.gradebook import BOM, csv_line, who_cells
from graders.batch.mistakes import is_sentence, titles
from graders.batch.rows import Row
from graders.escaping import csv_cell
from graders.exercise.asked import Exercise
from graders.messages import Lang, Message, message, put_together, say
from graders.outcome import Kind, Verdict

_OF_TO_CHECK = ("student", "name", "file", "points", "why", "report")


class Looks(NamedTuple):
    """Why rows need a look; `alike`: whose code is nearly the same, by a row's key."""

    alike: Mapping[str, Sequence[str]]
    exercise: Exercise
    lang: Lang

    def of(self, rows: Iterable[Row]) -> Iterator[tuple[Row, list[str]]]:
        """Yield the rows that need one, each with the reasons."""
        for row in rows:
            if reasons := [reason.say(self.lang) for reason in self._reasons(row)]:
                yield row, reasons

    def _reasons(self, row: Row) -> Iterator[Message]:
        if not row.is_graded:
            yield message("to-check.not-graded")
        if row.verdict is Verdict.UNREADABLE:
            yield message("to-check.unreadable")
        if row.is_nobodys:
            yield message("to-check.nobody")
        if row.several:
            yield message("to-check.several")
        if row.changed:
            yield message("to-check.changed")
        # So near that a person may see in a minute what the grader cannot.
        if row.verdict.kind is Kind.WRONG and len(row.wrong_steps) == 1:
            yield message("to-check.one-step", mistake=self._in_a_sentence(row.mistakes[:1]))
        if others := self.alike.get(row.key):
            yield message("to-check.alike", others=named(others))

    def _in_a_sentence(self, mistakes: Sequence[str]) -> str:
        """Return what the mistake is called, with a full stop: a note may follow."""
        (title,) = titles(mistakes, self.exercise, self.lang).values() or ("",)
        is_one = not title or is_sentence(title)
        return title if is_one else say(self.lang, "to-check.mistake", mistake=title)


def to_check_lines(rows: Iterable[Row], looks: Looks) -> Iterator[bytes]:
    """Yield the table line by line; a class without such rows has a heading only."""
    yield BOM + csv_line(_OF_TO_CHECK)
    for row, reasons in looks.of(rows):
        points = f"{row.points:g}" if row.is_graded else ""
        said = csv_cell(put_together(looks.lang, "sentence", [*reasons, *filter(None, [row.note])]))
        yield csv_line([*who_cells(row), points, said, report_cell(row.key)])
