"""What a text would be without what only a notebook or an editor understands; its lines keep their numbers.

Lines that IPython runs itself (`%matplotlib inline`, `!pip install …`, `?help`) do nothing here, but for the statement
that a line such as `%time y = f(x)` runs. Invisible characters that came along with a copied text are left out.
"""

import re
from collections.abc import Iterator, Sequence

_PYTHON_CELL = re.compile(r"\s*%%(?:time|timeit|capture|prun|python3?|script python3?|(?:writefile|file)\b.*\.py\s*$)")
"""Cell magics with Python below them; a file that is written is run by a later cell."""

_OTHER_CELL = re.compile(r"\s*%%\w")
_LINE = re.compile(r"(\s*)(?:[%!?]|[\w.]+\?{1,2}\s*$)")
_ASSIGNED_LINE = re.compile(r"(\s*)([\w., *\[\]()]+?)\s*=\s*(?:!|%(?=[A-Za-z]))")
_RUN_LINE = re.compile(r"(\s*)%(?:time|prun)\s+(?=[^\s-])(.*)", re.DOTALL)
"""Magics that run a statement where it stands; `%timeit` runs one in a function, where it binds nothing."""

_PYLAB = re.compile(r"(\s*)%pylab\b")
_AS_PYLAB = "import numpy as np; import matplotlib.pyplot as plt; from numpy import *"

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_UNSEEN = re.compile(f"([{_SPACES}])|[{_NOTHING}]")

_TOKEN = re.compile(r"""#.*|[rbfuRBFU]{0,2}('{3}|"{3})|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[()\[\]{}]""")
"""What decides whether a line ends within something: comments and texts, which may hold brackets, and brackets."""


def mend(source: str) -> tuple[str, dict[str, list[int]]]:
    """Return the source without what Python cannot read, and the lines that changed, by why."""
    lines = source.split("\n")
    mended: dict[str, list[int]] = {}
    if invisible := [number for number, line in enumerate(lines, start=1) if _UNSEEN.search(line)]:
        mended["invisible"] = invisible
        lines = [_UNSEEN.sub(lambda match: " " if match[1] else "", line) for line in lines]
    kept = list(_without_magics(lines))
    if magics := [number for number, (old, new) in enumerate(zip(lines, kept, strict=True), start=1) if old != new]:
        mended["notebook"] = magics
    return "\n".join(kept) + "\n", mended


def _without_magics(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, those that only IPython can run replaced by something that does nothing."""
    lines = list(lines)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if _PYTHON_CELL.match(lines[first]):
        lines[first] = ""
    elif _OTHER_CELL.match(lines[first]):
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
    if match := _RUN_LINE.match(line):
        return f"{match[1]}{match[2]}"
    if match := _PYLAB.match(line):
        return f"{match[1]}{_AS_PYLAB}"
    if match := _LINE.match(line):
        return f"{match[1]}pass"
    if match := _ASSIGNED_LINE.match(line):  # the output of a command: lines of text, or one
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
            token = _TOKEN.search(line, position)
            if token is None:
                return
            position = token.end()
            self._quotes = token[1] or ""
            self._depth = max(0, self._depth + (token[0] in "([{") - (token[0] in ")]}"))
