"""Frames on the wire between the trusted side and the sandbox: a JSON head and raw float64 numbers.

Arrays never travel as JSON numbers (NaN would become null): the head carries their shapes, the raw part their values,
little-endian, one after another (`arrays.py`). Nothing is ever unpickled. Only the standard library is used, since
this module is loaded on both sides, in the server before numpy is.
"""

import json
import os
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

LENGTHS = struct.Struct("<II")
"""Head of a frame: bytes of JSON, bytes of raw numbers."""

_os_write = os.write  # a submission may replace that of `os`
_as_json = json.JSONEncoder(ensure_ascii=False).encode

DONE = LENGTHS.pack(0, 0)
"""A frame of nothing: the child has answered, and waits for more cases to run on."""

STARTED = struct.Struct("<i")
"""pid of the child, or of the server that was forked from another one."""

ENDED = struct.Struct("<idq")
"""Wait status; CPU time in seconds; peak resident memory in KiB."""

READY = struct.Struct("<ii")
"""Landlock ABI, and the uid of the children or -1; then REFUSED, or what the self-test has to say instead."""

REFUSED = b"all acts refused"
MAX_SELF_TEST_BYTES = 1024

NOT_RUN = "not-run"
"""The kind of fault that stands for a case that was not run, since no time was left."""

USE = "<use>"
"""The name of the file that the exercise's own lines stand in."""

ELSEWHERE = 0
"""The line of what stands in a module of the student's own."""

PRINTED_TIMES = 16
"""What a script prints beyond its limit is not kept; beyond so many times the limit it ends the run."""

OUT_OF_MEMORY = 75
"""Exit status of a process that has no memory left to reply with. A submission that pretends it only harms itself."""


class RepairOrder(NamedTuple):
    """What is to be repaired, by one edit of it or by two: the plain assignment of `step` in this line.

    `where`: the expression itself, from its line and column to those behind it, where that is known.
    """

    step: str
    line: int
    cell: int | None
    edits: int
    where: Sequence[int] = ()


def encode(head: Mapping[str, Any], arrays: Iterable[bytes] = ()) -> bytes:
    """Return one frame; `arrays` are the raw bytes of float64 arrays in the order the head names them."""
    text = _as_json(head).encode("utf-8", "replace")  # unpaired surrogates are no Unicode
    raw = b"".join(arrays)
    return b"".join((LENGTHS.pack(len(text), len(raw)), text, raw))


CONFINED = encode({"kind": "confined"})
"""The first frame of a reply: from now on the submission can do no harm."""


def split(frame: bytes) -> tuple[dict[str, Any], bytes]:
    """Return head and raw part of a frame of trusted bytes."""
    head_bytes, raw_bytes = LENGTHS.unpack_from(frame)
    raw_start = LENGTHS.size + head_bytes
    return json.loads(frame[LENGTHS.size : raw_start]), frame[raw_start : raw_start + raw_bytes]


def read_frame(read: Callable[[int], bytes]) -> bytes:
    """Return the next frame of trusted bytes; nothing at their end. `read`: as of a file, at most so many bytes."""
    lengths = _read_exactly(read, LENGTHS.size)
    return lengths and lengths + _read_exactly(read, sum(LENGTHS.unpack(lengths)))


def _read_exactly(read: Callable[[int], bytes], size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = read(size - len(data))
        if not piece:  # the other side has ended: half a frame is none
            return b""
        data += piece
    return data


def write_all(fd: int, data: bytes) -> None:
    """Write to a pipe until all is written."""
    view = memoryview(data)  # cut without a copy: a pipe takes 64 KiB at once, a reply may have megabytes
    while view:
        view = view[_os_write(fd, view) :]
