"""Bytes on disk → decoded source, or a reason why not. The source is never parsed here, only in the sandbox."""

import codecs
import hashlib
import json
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from graders.errors import UsageError
from graders.messages import Message, message

MAX_BYTES = 2 << 20
"""A script or notebook above this is not read; the lesson's is 2 KB, a notebook with pictures some 100 KB."""

_NO_FILE_ENCODINGS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
"""Codecs for other purposes than text files; some take time that grows with the square of the length."""

_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # Source: PEP 263
_MAGIC_NUMBERS = (
    (b"\x89PNG", "kind.png"),
    (b"\xff\xd8\xff", "kind.jpeg"),
    (b"GIF8", "kind.gif"),
    (b"PK\x03\x04", "kind.zip"),
    (b"\x1f\x8b", "kind.gzip"),
    (b"Rar!", "kind.rar"),
    (b"7z\xbc\xaf", "kind.7z"),
    (b"%PDF", "kind.pdf"),
    (b"\x7fELF", "kind.program"),
    (b"MZ\x90", "kind.program"),
    (b"\xff\xfe", "kind.utf-16"),
    (b"\xfe\xff", "kind.utf-16"),
    (b"\xd0\xcf\x11\xe0", "kind.office"),
)

Cells = Sequence[tuple[int | None, str]]
"""Pieces of source: a script is one with number None, a notebook's code cells count from 1."""


class Submission(Struct, frozen=True, kw_only=True):
    """What a student handed in. `unreadable` says why there are no cells."""

    file: str
    sha256: str | None
    cells: Cells
    student: str | None = None
    notes: tuple[Message, ...] = ()
    unreadable: Message | None = None


class Unreadable(ValueError):
    """Says, while a file is looked for and read, why there is nothing to grade; never leaves those who read."""

    def __init__(self, key: str, **values: str | int | Message) -> None:
        self.message = message(key, **values)
        super().__init__(str(self.message))


def reason(error: OSError | ValueError) -> Message:
    """Return what an error says about a file."""
    if isinstance(error, Unreadable):
        return error.message
    return message("unreadable.system", reason=getattr(error, "strerror", None) or str(error) or "cannot be read")


def read_submission(path: Path) -> Submission:
    """Read a file. Raises UsageError only if it is not there; anything else about it is the submission's."""
    try:
        data = _bytes(path)
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such file") from error
    except (OSError, ValueError) as error:
        return Submission(file=path.name, sha256=None, cells=(), unreadable=reason(error))
    return decode_submission(path.name, data)


def _bytes(path: Path) -> bytes:
    """Read a regular file without ever waiting for a pipe or following a link to a device."""
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(fd, "rb") as file:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("unreadable.not-a-file")
        if status.st_size > MAX_BYTES:
            raise Unreadable("unreadable.size", size=status.st_size, limit=MAX_BYTES)
        return file.read(MAX_BYTES + 1)


def decode_submission(file: str, data: bytes, student: str | None = None) -> Submission:
    """Turn a file's bytes into cells. Never raises: what is wrong with them is in `unreadable`."""
    sha256 = hashlib.sha256(data).hexdigest()
    notes: list[Message] = []
    try:
        if file.lower().endswith(".ipynb"):
            cells: Cells = _notebook_cells(data)
        else:
            text, encoding = _decoded(data)
            cells = [(None, text)]
            if encoding not in ("utf-8", "utf-8-sig"):
                notes.append(message("encoded", encoding=encoding))
    except Unreadable as error:
        return Submission(file=file, sha256=sha256, cells=(), student=student, unreadable=error.message)
    return Submission(file=file, sha256=sha256, cells=cells, student=student, notes=tuple(notes))


def _decoded(data: bytes) -> tuple[str, str]:
    """Return text and the encoding it was in; Unreadable says why it is no text."""
    if not data.strip():
        raise Unreadable("unreadable.empty")
    for magic, kind in _MAGIC_NUMBERS:
        if data.startswith(magic):
            raise Unreadable("unreadable.kind", kind=message(kind))
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" in text:
            raise Unreadable("unreadable.null")
        return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    raise Unreadable("unreadable.encoding")


def _encodings(data: bytes) -> list[str]:
    """Return the encodings to try, in order."""
    if data.startswith(codecs.BOM_UTF8):
        return ["utf-8-sig"]
    declared = [match[1].decode("ascii") for line in data.splitlines()[:2] if (match := _CODING.match(line))]
    return [*(name for name in declared[:1] if _is_text_encoding(name)), "utf-8", "gb18030"]


def _is_text_encoding(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return False
    return getattr(codec, "_is_text_encoding", True) and codec.name.replace("_", "-") not in _NO_FILE_ENCODINGS


def _notebook_cells(data: bytes) -> Cells:
    """Return the code cells of a notebook (nbformat 3 or 4); Unreadable says why it is none.

    Read as plain JSON: nbformat's validation would refuse notebooks that are damaged where nobody grades.
    """
    text, _ = _decoded(data)
    try:
        content = json.loads(text, parse_int=str)  # no number is asked for, and a very long one would be refused
    except (json.JSONDecodeError, RecursionError) as error:
        raise Unreadable("unreadable.json") from error
    if not isinstance(content, dict):
        raise Unreadable("unreadable.cells")
    cells = content.get("cells")
    if cells is None and isinstance(worksheets := content.get("worksheets"), list):
        cells = [cell for sheet in worksheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
    sources = [_source(cell) for cell in _list(cells) if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    if not sources:
        raise Unreadable("unreadable.code-cells")
    return list(enumerate(sources, start=1))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\0", "")
