"""Text on a standard stream: how wide it is (中 takes two columns), where its lines break, its colours, and a table."""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

# Source: ECMA-48, 8.3.117 (select graphic rendition).
_STYLES = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1", "italic": "3"}
_EMPTIED = "\x1b[2J\x1b[H"
_USUAL_SIZE = 80, 25  # where nobody says how large it is
_NO_WIDTH = ("Mn", "Me", "Cf")
_AT_END = "，。；：、）？！"  # punctuation that begins no line

# Left, filled, between two columns, right: of the lines above and below the header, between groups, and at the end.
_TOP, _UNDER_HEADER, _BETWEEN, _BOTTOM = (
    ("┏", "━", "┳", "┓"),
    ("┡", "━", "╇", "┩"),
    ("├", "─", "┼", "┤"),
    ("└", "─", "┴", "┘"),
)
_PLAIN = {
    **dict.fromkeys(map(ord, "┏┳┓┡╇┩├┼┤└┴┘"), "+"),
    **dict.fromkeys(map(ord, "━─"), "-"),
    **dict.fromkeys(map(ord, "┃│"), "|"),
}
"""For a stream whose encoding has no lines to draw with."""


class Field(NamedTuple):
    """What stands in a field of a table."""

    text: str
    style: str = ""


class TableColumn(NamedTuple):
    """A column's header and footer. `is_kept`: it becomes narrower only where all others are as narrow as can be."""

    header: str
    footer: Field = Field("")
    is_right: bool = False
    is_kept: bool = False


class Screen:
    """A standard stream as one that a person looks at."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream  # None, as with >&-
        is_terminal = stream is not None and stream.isatty()
        self.breaks_lines = is_terminal  # programs that read the output want whole lines
        forced = bool(os.environ.get("FORCE_COLOR"))
        self.is_terminal = is_terminal or forced
        # Source: no-color.org; an old console of Windows would show the codes.
        has_codes = os.environ.get("TERM") not in ("dumb", "unknown") and (
            os.name != "nt" or "WT_SESSION" in os.environ
        )
        self._has_colours = forced or (is_terminal and has_codes and not os.environ.get("NO_COLOR"))
        self._acts = self.is_terminal and has_codes
        self.width, self.height = _columns_and_lines(stream)

    def show(self, line: str, style: str = "") -> None:
        """Print a line in which nothing acts, broken between words on a terminal."""
        for part in self.broken(line):
            self._write(self._styled(part, style) + "\n")

    def broken(self, line: str) -> list[str]:
        """Return a line as those that it takes up here."""
        return list(broken_lines(line, self.width)) or [""] if self.breaks_lines else [line]

    def clear(self) -> None:
        """Begin at the top of a terminal that is empty; nothing is done to what is no terminal."""
        if self._acts:
            self._write(_EMPTIED)

    def replace_line(self, text: str) -> None:
        """Show a line in the place of the last one that was shown so."""
        self._write(f"\r\x1b[K{next(broken_lines(text, self.width - 1), '')}")

    def show_table(
        self, title: str, columns: Sequence[TableColumn], groups: Sequence[Sequence[Sequence[Field]]]
    ) -> None:
        """Print a table: groups of rows below the header, and the footer below them."""
        for line in self.table_lines(title, columns, groups):
            self._write(line + "\n")

    def table_lines(
        self, title: str, columns: Sequence[TableColumn], groups: Sequence[Sequence[Sequence[Field]]]
    ) -> Iterator[str]:
        """Yield the lines of a table that is as narrow as the screen."""
        header = [Field(column.header, "bold") for column in columns]
        footer = [column.footer for column in columns]
        widths = _fitting_widths(columns, [header, footer, *(row for rows in groups for row in rows)], self.width)
        yield from (self._styled(line, "italic") for line in broken_lines(title, sum(widths) + 3 * len(widths) + 1))
        yield self._rule(_TOP, widths)
        yield from self._row(header, columns, widths, "┃")
        yield self._rule(_UNDER_HEADER, widths)
        for rows in groups:
            for row in rows:
                yield from self._row(row, columns, widths, "│")
            yield self._rule(_BETWEEN, widths)
        yield from self._row(footer, columns, widths, "│")
        yield self._rule(_BOTTOM, widths)

    def _rule(self, signs: tuple[str, str, str, str], widths: Sequence[int]) -> str:
        left, filled, between, right = signs
        return self._drawn(left + between.join(filled * (width + 2) for width in widths) + right)

    def _row(
        self, row: Sequence[Field], columns: Sequence[TableColumn], widths: Sequence[int], side: str
    ) -> Iterator[str]:
        parts = [list(broken_lines(cell.text, width)) for cell, width in zip(row, widths, strict=True)]
        edge = self._drawn(side)
        for number in range(max(1, *map(len, parts))):
            fields = []
            for cell, column, part, width in zip(row, columns, parts, widths, strict=True):
                text = part[number] if number < len(part) else ""
                gap = " " * (width - width_of(text))
                styled = self._styled(text, cell.style)
                fields.append(f" {gap}{styled} " if column.is_right else f" {styled}{gap} ")
            yield edge + edge.join(fields) + edge

    def _drawn(self, lines: str) -> str:
        """Return a table's lines in signs that the stream can write."""
        try:
            lines.encode(getattr(self._stream, "encoding", None) or "utf-8")
        except UnicodeEncodeError:
            return lines.translate(_PLAIN)
        return lines

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if style and text and self._has_colours else text

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(text)
            self._stream.flush()


def _columns_and_lines(stream: TextIO | None) -> tuple[int, int]:
    """Return columns and lines: those that the environment names, else the terminal's."""
    try:
        found: tuple[int, int] = os.get_terminal_size(1 if stream is None else stream.fileno())
    except (OSError, ValueError):  # no terminal; no file behind it
        found = _USUAL_SIZE
    named = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    width, height = (int(word) if word.isdecimal() else size for word, size in zip(named, found, strict=True))
    return width or _USUAL_SIZE[0], height or _USUAL_SIZE[1]


def width_of(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.category(character) in _NO_WIDTH for character in text)


def broken_lines(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most so many columns, broken between words, and anywhere between Chinese characters.

    A word that is wider than a line is broken, too.
    """
    line: list[str] = []
    for piece in _pieces(text, width) if width_of(text) > width else [text]:
        if _is_full(line, piece, width):
            # What stands before such punctuation goes with it.
            kept = line.pop() if piece in _AT_END and len(line) > 1 else ""
            yield "".join(line).rstrip()
            line = [kept, piece.lstrip()]
        else:
            line.append(piece)
    if rest := "".join(line).rstrip():
        yield rest


def _is_full(line: Sequence[str], piece: str, width: int) -> bool:
    """Tell whether a line has no room for another piece; what has only blanks so far cannot be broken off."""
    return width_of("".join(line)) + width_of(piece) > width and not "".join(line).isspace() and bool(line)


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield words, the blanks between them, and what a line may be broken before; each at most so many columns wide."""
    for piece in re.findall(r"[\x21-\u02ff]+|\s+|.", text):
        yield from (piece[start : start + width] for start in range(0, len(piece), width))


def _fitting_widths(columns: Sequence[TableColumn], rows: Sequence[Sequence[Field]], room: int) -> list[int]:
    """Return the width of each column: as its widest cell needs, or narrower where the screen is."""
    widths = [max(width_of(row[index].text) for row in rows) for index in range(len(columns))]
    yielding = [index for index, column in enumerate(columns) if not column.is_kept]
    for narrowed, least in ((yielding, 6), (range(len(columns)), 2)):
        while sum(widths) + 3 * len(widths) + 1 > room:
            widest = max(narrowed, key=lambda index: widths[index])
            if widths[widest] <= least:
                break
            widths[widest] -= 1
    return widths
