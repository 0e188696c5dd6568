"""The student's lines with marks: all of a short source, else the lines around the marked ones."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from graders.escaping import cut

SourcePlace = tuple[int | None, int]
"""Cell (None in a script) and line, both counted from 1."""

MAX_WHOLE = 80
"""A source of at most so many lines is shown whole."""

AROUND = 6
"""So many lines before and after a marked one are shown of a longer source."""

_MAX_COLUMNS = 240


class SourceLine(Struct, frozen=True, kw_only=True):
    """One line as text, with what is said about it."""

    id: str
    number: int
    text: str
    remarks: Sequence[str]


class Gap(Struct, frozen=True, kw_only=True):
    """Lines left out, first and last of them."""

    first: int
    last: int


class Piece(Struct, frozen=True, kw_only=True):
    """What is shown of a script or of one cell."""

    cell: int | None
    rows: Sequence[SourceLine | Gap]


class ShownSource(Struct, frozen=True, kw_only=True):
    """What is shown of a submission. `marked`: some line has remarks."""

    pieces: Sequence[Piece]
    whole: bool
    marked: bool

    @property
    def ids(self) -> set[str]:
        """The ids a link may point at."""
        return {row.id for piece in self.pieces for row in piece.rows if isinstance(row, SourceLine)}


def line_id(place: SourcePlace) -> str:
    """Return the id of a line in the page."""
    cell, line = place
    return f"line-{line}" if cell is None else f"cell-{cell}-line-{line}"


def list_source(source: Sequence[tuple[int | None, str]], remarks: Mapping[SourcePlace, Sequence[str]]) -> ShownSource:
    """Choose what is shown. Remarks about lines that do not exist are dropped."""
    cells = [(cell, _split(text)) for cell, text in source]
    whole = sum(len(lines) for _, lines in cells) <= MAX_WHOLE
    pieces = []
    marked = False
    for cell, lines in cells:
        at = [line for line in range(1, len(lines) + 1) if (cell, line) in remarks]
        shown = range(1, len(lines) + 1) if whole else sorted(_around(at, len(lines)))
        marked = marked or bool(at)
        if shown:
            pieces.append(Piece(cell=cell, rows=list(_numbered(cell, lines, shown, remarks))))
    return ShownSource(pieces=pieces, whole=whole, marked=marked)


def _numbered(
    cell: int | None, lines: Sequence[str], shown: Iterable[int], remarks: Mapping[SourcePlace, Sequence[str]]
) -> Iterator[SourceLine | Gap]:
    previous = 0
    for number in shown:
        if number > previous + 1:
            yield Gap(first=previous + 1, last=number - 1)
        place = (cell, number)
        # Tabs first: how wide one is depends on where it stands in the line.
        text = cut(lines[number - 1].expandtabs(4), _MAX_COLUMNS)
        yield SourceLine(id=line_id(place), number=number, text=text, remarks=remarks.get(place, ()))
        previous = number
    if previous < len(lines):
        yield Gap(first=previous + 1, last=len(lines))


def _around(marked: Iterable[int], count: int) -> set[int]:
    return {line for at in marked for line in range(max(1, at - AROUND), min(count, at + AROUND) + 1)}


def _split(text: str) -> list[str]:
    """Split where Python counts lines: not at form feeds and the like, as `str.splitlines` does."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines and not lines[-1] else lines
