"""Bytes on disk → decoded source, or a reason why not. The source is never parsed here, only in the sandbox."""

import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

import msgspec

from graders.decoding import conflict_line, decode_text, kind_of_bytes, kind_of_text
from graders.errors import UsageError
from graders.fences import python_lines
from graders.messages import Message, message
from graders.modules import MAX_MODULE_BYTES, Find, beside, modules_note, own_modules
from graders.records import Record

MAX_BYTES = 2 << 20
"""Code above this is not read; the lesson's is 2 KB."""

MAX_NOTEBOOK_BYTES = 100 << 20
"""A notebook above this is not read: pictures and other outputs make it large, whatever its code is."""

_CHUNK_BYTES = 1 << 20
# Windows has no links and pipes to speak of, but another reading of line ends.
_TO_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))

_JSON_BEGINS = re.compile(r"\s*[{\[]")

# Not by what stands in it: a script may quote fences in a text of its own.
_MARKDOWN = (".md", ".markdown", ".qmd", ".rmd")

Cells = Sequence[tuple[int | None, str]]
"""Pieces of source: a script is one with number None, a notebook's code cells count from 1."""


class Submission(Record):
    """What a student handed in. `unreadable` says why there are no cells; `modules`: sources by the name to import."""

    file: str
    sha256: str | None
    cells: Cells
    student: str | None = None
    notes: tuple[Message, ...] = ()
    unreadable: Message | None = None
    modules: Mapping[str, str] = field(default_factory=dict)

    def with_modules(self, find: Find) -> "Submission":
        """Return it with the student's own modules that it imports, where they lie; see `graders.modules`."""
        modules = own_modules([source for _, source in self.cells], find)
        return self.replaced(modules=modules, notes=(*self.notes, *modules_note(modules))) if modules else self


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
        data = read_regular(path, MAX_NOTEBOOK_BYTES)
    except FileNotFoundError as error:
        raise UsageError(message("usage.no-such-file", path=str(path))) from error
    except (OSError, ValueError) as error:
        return Submission(file=path.name, sha256=None, cells=(), unreadable=reason(error))
    # Read now, with the file itself: what is imported later may be another version.
    find = beside(path, lambda file: read_regular(file, MAX_MODULE_BYTES))
    return decode_submission(path.name, data).with_modules(find)


def read_regular(path: Path | str, limit: int, folder: int | None = None) -> bytes:
    """Read a regular file; no link is followed and no pipe or device waited for. Raises Unreadable or OSError.

    `folder`: the descriptor of the folder that the path begins in.
    """
    # Opened first and looked at then: what lies there could be exchanged between a look and the opening.
    try:
        fd = os.open(path, _TO_READ, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Unreadable("unreadable.link") from error
        raise
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("unreadable.not-a-file")
        if status.st_size > limit:
            raise Unreadable("unreadable.size", size=status.st_size, limit=limit)
        content = _read_up_to(fd, status.st_size, limit)
    finally:
        os.close(fd)
    if len(content) > limit:
        raise Unreadable("unreadable.size", size=len(content), limit=limit)
    return content


def _read_up_to(fd: int, expected: int, limit: int) -> bytes:
    """Read a file to its end, or a byte beyond the limit."""
    # Room for the limit's hundred megabytes would be made, and given back, for each script of two kilobytes. A file
    # object would cost as much as reading a script does.
    content = os.read(fd, expected + 1)
    # With the size that was told and not a byte more it is all there.
    while expected != len(content) <= limit and (more := os.read(fd, min(_CHUNK_BYTES, limit + 1 - len(content)))):
        content += more
    return content


def decode_submission(file: str, data: bytes) -> Submission:
    """Turn a file's bytes into cells, by what they are and not by the file's ending.

    Never raises: what is wrong with them is in `unreadable`.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        cells, notes = _cells_and_notes(file.lower(), data)
    except Unreadable as error:
        return Submission(file=file, sha256=sha256, cells=(), unreadable=error.message)
    return Submission(file=file, sha256=sha256, cells=cells, notes=tuple(notes))


def _cells_and_notes(file: str, data: bytes) -> tuple[Cells, list[Message]]:
    """Return the pieces of code and how they were read. Raises Unreadable."""
    # Only a notebook may be larger, since pictures are no code.
    if len(data) > MAX_BYTES:
        return _large_notebook_cells(data), []
    text, encoding = _decoded_text(data)
    # UTF-8 is what everybody has; any other guess is told, since it may be a wrong one.
    notes = [] if encoding in ("utf-8", "utf-8-sig") else [message("encoded", encoding=encoding)]
    cells, read_as = _cells_of_text(file, text)
    notes += [] if read_as is None else [message(read_as)]
    for number, source in cells:
        if (line := conflict_line(source)) is not None:
            notes.append(message("conflict", line=line) if number is None else message("conflict-cell", cell=number))
    return cells, notes


def _cells_of_text(file: str, text: str) -> tuple[Cells, str | None]:
    """Return the pieces of code, and as what the file was read where its name promises another. Raises Unreadable."""
    is_notebook = file.endswith(".ipynb")
    content = _json_object(text, is_notebook=is_notebook)
    if content is not None:
        return _notebook_cells(content), None if ".ipynb" in file else "read-as-notebook"
    if file.endswith(_MARKDOWN) and (lines := python_lines(text)) is not None:
        return [(None, lines)], "read-as-markdown"
    return [(None, text)], "read-as-script" if is_notebook else None


def _decoded_text(data: bytes) -> tuple[str, str]:
    """Return text and the encoding it was in; Unreadable says why it is no code."""
    if not data.strip():
        raise Unreadable("unreadable.empty")
    # What it is before what is wrong with it: `a PDF` helps more than `not UTF-8`.
    if kind := kind_of_bytes(data):
        raise Unreadable("unreadable.kind", kind=message(kind))
    decoded = decode_text(data)
    if decoded is None:
        raise Unreadable("unreadable.null" if b"\0" in data else "unreadable.encoding")
    text, encoding = decoded
    if "\0" in text:
        raise Unreadable("unreadable.null")
    if kind := kind_of_text(text):
        raise Unreadable("unreadable.kind", kind=message(kind))
    return text, encoding


def _json_object(text: str, *, is_notebook: bool) -> dict[str, Any] | None:
    """Return a notebook's content, or None if the text is a script. Unreadable says why it should be one and is not.

    Read as plain JSON: nbformat's validation would refuse notebooks that are damaged where nobody grades.
    """
    if not is_notebook and not _opens_json(text):
        return None
    try:
        content = json.loads(text, parse_int=str)  # no number is asked for, and a very long one would be refused
    except (ValueError, RecursionError) as error:
        if _was_a_notebook(text, is_notebook=is_notebook):
            raise _broken_notebook(text) from error
        return None
    # A dictionary or a list may be a script's whole text: only a file's ending or cells make it a notebook.
    if isinstance(content, dict) and (is_notebook or "cells" in content or "worksheets" in content):
        return content
    if is_notebook:
        raise Unreadable("unreadable.cells")
    return None


def _opens_json(text: str) -> bool:
    return _JSON_BEGINS.match(text) is not None


def _was_a_notebook(text: str, *, is_notebook: bool) -> bool:
    """Tell whether text that is no JSON was a notebook before it was damaged, rather than a script."""
    return _opens_json(text) and (is_notebook or '"cell_type"' in text)


def _broken_notebook(text: str) -> Unreadable:
    # An unfinished merge is the usual reason, and one that a student can mend.
    if (line := conflict_line(text)) is not None:
        return Unreadable("unreadable.conflict", line=line)
    return Unreadable("unreadable.json")


def _notebook_cells(content: dict[str, Any]) -> Cells:
    """Return the code cells of a notebook (nbformat 3 or 4); Unreadable says why it is none."""
    cells = content.get("cells")
    if cells is None:
        cells = _cells_of_worksheets(content.get("worksheets"))
    code = [cell for cell in _list(cells) if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    # Format 3 calls the source of a cell its input.
    return _numbered_cells([_source(cell.get("source", cell.get("input", ""))) for cell in code])


def _cells_of_worksheets(worksheets: Any) -> list[Any]:
    """Return the cells of a notebook in format 3, which has them in sheets."""
    if not isinstance(worksheets, list):
        raise Unreadable("unreadable.cells")
    return [cell for sheet in worksheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]


def _numbered_cells(sources: list[str]) -> Cells:
    if not sources:
        raise Unreadable("unreadable.code-cells")
    # Empty cells count, too: a number must be that of the cell in the student's notebook.
    return list(enumerate(sources, start=1))


class _LargeCell(msgspec.Struct):
    cell_type: str
    source: msgspec.Raw = msgspec.Raw(b'""')


class _LargeNotebook(msgspec.Struct):
    cells: list[_LargeCell]


def _large_notebook_cells(data: bytes) -> Cells:
    """Return the code cells of a notebook with large outputs, which are passed over without being built in memory."""
    if not data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise Unreadable("unreadable.size", size=len(data), limit=MAX_BYTES)
    try:
        cells = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_LargeNotebook).cells
        # Sources stay undecoded until it is known that they are few enough.
        code = [cell.source for cell in cells if cell.cell_type == "code"]
        if (size := sum(len(bytes(source)) for source in code)) > MAX_BYTES:
            raise Unreadable("unreadable.size", size=size, limit=MAX_BYTES)
        return _numbered_cells([_source(msgspec.json.decode(source)) for source in code])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("unreadable.json") from error


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _source(source: Any) -> str:
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    # JSON may escape half of a surrogate pair, which no encoding can write, and a null, which no parser takes.
    return text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\0", "")
