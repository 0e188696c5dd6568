"""What a text would be without what only a notebook or an editor understands; its lines keep their numbers.

Lines that IPython runs itself (`%matplotlib inline`, `!pip install …`, `?help`) do nothing here, but for the statement
that a line such as `%time y = f(x)` runs. Invisible characters that came along with a copied text are left out.
"""

import re
from collections.abc import Iterator, Sequence

# All of these are compiled by `re` when they are first used: hardly a script needs one.
_PYTHON_CELL = r"\s*%%(?:time|timeit|capture|prun|python3?|script python3?|(?:writefile|file)\b.*\.py\s*$)"
"""Cell magics with Python below them; a file that is written is run by a later cell."""

_OTHER_CELL = r"\s*%%\w"
_LINE = r"(\s*)(?:[%!?]|[\w.]+\?{1,2}\s*$)"
_ASSIGNED_LINE = r"(\s*)([\w., *\[\]()]+?)\s*=\s*(?:!|%(?=[A-Za-z]))"
_RUN_LINE = r"(?s)(\s*)%(?:time|prun)\s+(?=[^\s-])(.*)"
"""Magics that run a statement where it stands; `%timeit` runs one in a function, where it binds nothing."""

_PYLAB = r"(\s*)%pylab\b"
_AS_PYLAB = "import numpy as np; import matplotlib.pyplot as plt; from numpy import *"

_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_NOTHING = (
    *(0x00AD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)),
    *(*range(0x2060, 0x2065), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10), 0xFEFF),
)
_UNSEEN = {**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_NOTHING)}
"""For `str.translate`: what takes the place of a character that nobody sees."""

_SIGNS = r"""#.*|[rbfuRBFU]{0,2}('{3}|"{3})|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[()\[\]{}]"""
"""What decides whether a line ends within something: comments and texts, which may hold brackets, and brackets."""


def mend(source: str) -> tuple[str, dict[str, list[int]]]:
    """Return the source without what Python cannot read, and the lines that changed, by why."""
    lines = source.split("\n")
    mended: dict[str, list[int]] = {}
    seen = lines if source.isascii() else [line.translate(_UNSEEN) for line in lines]
    if invisible := _changed(lines, seen):
        mended["invisible"], lines = invisible, seen
    # Where statements end is looked for only in a text that has such a line.
    kept = list(_without_magics(lines)) if any(map(_may_be_magic, lines)) else lines
    if magics := _changed(lines, kept):
        mended["notebook"] = magics
    return "\n".join(kept) + "\n", mended


def _changed(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """Return the numbers of the lines that differ."""
    return [number for number, (one, other) in enumerate(zip(old, new, strict=True), start=1) if one != other]


def _may_be_magic(line: str) -> bool:
    """Tell whether a line may be one that only IPython can run, without a pattern."""
    text = line.strip()
    value = text.partition("=")[2].lstrip()
    return text.startswith(("%", "!", "?")) or text.endswith("?") or value.startswith(("!", "%"))


def _without_magics(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, those that only IPython can run replaced by something that does nothing."""
    lines = list(lines)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if re.match(_PYTHON_CELL, lines[first]):
        lines[first] = ""
    elif re.match(_OTHER_CELL, lines[first]):
        lines = [""] * len(lines)
    statement = _Statement()
    continued = False  # the line before was left out, and goes on in this one
    for line in lines:
        if continued:
            kept = ""
        else:
            # Within brackets or a text `%` is an operator, however a line begins.
            kept = line if statement.is_open else _replaced(line)
            statement.take(kept)
        continued = line.endswith("\\") and not kept.endswith("\\")
        yield kept


def _replaced(line: str) -> str:
    if match := re.match(_RUN_LINE, line):
        return f"{match[1]}{match[2]}"
    if match := re.match(_PYLAB, line):
        return f"{match[1]}{_AS_PYLAB}"
    if match := re.match(_LINE, line):
        return f"{match[1]}pass"
    if match := re.match(_ASSIGNED_LINE, line):  # the output of a command: lines of text, or one
        return f"{match[1]}{match[2]} = []" if line[match.end() - 1] == "!" else f'{match[1]}{match[2]} = ""'
    return line


class _Statement:
    """Follows a text line by line, and knows whether a statement goes on in the next line."""

    def __init__(self) -> None:
        self._depth = 0  # of brackets
        self._quotes = ""  # those that end the text that the line stands in
        self._joined = False  # by a backslash

    @property
    def is_open(self) -> bool:
        """Tell whether the next line belongs to a statement that has begun."""
        return self._depth > 0 or bool(self._quotes) or self._joined

    def take(self, line: str) -> None:
        """Go through a line."""
        self._joined = line.endswith("\\")
        position = 0
        while position < len(line):
            if self._quotes:
                end = line.find(self._quotes, position)
                if end < 0:
                    return
                position, self._quotes = end + len(self._quotes), ""
                continue
            token = re.search(_SIGNS, line[position:])
            if token is None:
                return
            position += token.end()
            self._quotes = token[1] or ""
            self._depth = max(0, self._depth + (token[0] in "([{") - (token[0] in ")]}"))
