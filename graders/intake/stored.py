"""Where a file's bytes are, and reading them: bounded by what really comes out, no link followed, nothing unpacked."""

import os
import struct
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from msgspec import Struct

from graders.messages import Message, message
from graders.submission import Unreadable, read_regular

MAX_RATIO = 300
"""A member that grows more than this, beyond `_RATIO_FROM` bytes, is a bomb; source code grows 3 to 10 times."""

_RATIO_FROM = 256 << 10
_SLACK = 64 << 10
_CHUNK = 64 << 10
_STORED, _DEFLATED = 0, 8
_FOLDER_ONLY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", 0)
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class InFolder(Struct, frozen=True):
    """A file of the file system: its path below the folder that was listed."""

    root: str
    path: str


class InArchive(Struct, frozen=True):
    """A member of a zip: the archive's path (empty: bytes in memory), and what its directory says about the member."""

    archive: str
    offset: int
    packed: int
    method: int
    crc: int


Stored = InFolder | InArchive


def read_stored(stored: Stored, limit: int) -> bytes:
    """Return the bytes. Raises Unreadable with the reason why not, or OSError."""
    if isinstance(stored, InFolder):
        return _read_below(stored, limit)
    with open(stored.archive, "rb") as archive:
        return read_member(archive, stored, limit)


def read_or_none(stored: Stored | None, limit: int, read: Callable[[Any, int], bytes] = read_stored) -> bytes | None:
    """Return the bytes; None where there are none, or they cannot be read: whoever needs to know why asks again."""
    try:
        return None if stored is None else read(stored, limit)
    except (OSError, ValueError):
        return None


def _read_below(stored: InFolder, limit: int) -> bytes:
    """Open one folder after the other: each may have become a link since it was listed."""
    if os.open not in os.supports_dir_fd:
        return read_regular(os.path.join(stored.root, stored.path), limit)
    first, *folders = stored.path.split(os.sep)
    # The root is the caller's own path, which may lead through links; what is below it may not.
    top = f"{stored.root}{os.sep}{first}"
    if not folders:
        return read_regular(top, limit)
    name = folders.pop()
    within = os.open(top, _FOLDER_ONLY | os.O_NOFOLLOW)
    try:
        for folder in folders:
            inner = os.open(folder, _FOLDER_ONLY | os.O_NOFOLLOW, dir_fd=within)
            os.close(within)
            within = inner
        return read_regular(name, limit, within)
    finally:
        os.close(within)


def read_member(archive: BinaryIO, member: InArchive, limit: int) -> bytes:
    """Return a member's bytes, whatever its headers claim. Raises Unreadable with the reason why not, or OSError."""
    try:
        archive.seek(member.offset)
    except OverflowError as error:
        raise Unreadable("unreadable.damaged") from error
    header = archive.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size:
        raise Unreadable("unreadable.damaged")
    signature, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
    if signature != b"PK\x03\x04":
        raise Unreadable("unreadable.damaged")
    archive.seek(name_bytes + extra_bytes, os.SEEK_CUR)
    # The directory may claim any size: no more is read than could be needed, and a little for what does not shrink.
    packed = min(member.packed, limit + _SLACK)
    content = _stored(archive, packed, limit) if member.method == _STORED else _inflated(archive, packed, limit)
    if zlib.crc32(content) != member.crc:
        raise Unreadable("unreadable.damaged")
    return content


def unreadable_method(method: int) -> Message | None:
    """Say why a member packed like this is not read."""
    return None if method in (_STORED, _DEFLATED) else message("unreadable.method", method=method)


def _stored(archive: BinaryIO, packed: int, limit: int) -> bytes:
    content = archive.read(packed)
    _check_size(len(content), packed, limit)
    return content


def _inflated(archive: BinaryIO, packed: int, limit: int) -> bytes:
    """Inflate until the end, the limit or a ratio that only a bomb has."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size = taken = 0
    while not inflater.eof:
        chunk = inflater.unconsumed_tail or archive.read(min(_CHUNK, packed - taken))
        if not chunk and not (pieces and len(pieces[-1]) == _CHUNK):  # a full piece: there may be more to come
            raise Unreadable("unreadable.damaged")
        taken += 0 if inflater.unconsumed_tail else len(chunk)
        try:
            pieces.append(inflater.decompress(chunk, _CHUNK))
        except zlib.error as error:
            raise Unreadable("unreadable.damaged") from error
        size += len(pieces[-1])
        _check_size(size, taken - len(inflater.unconsumed_tail), limit)
    return b"".join(pieces)


def _check_size(size: int, taken: int, limit: int) -> None:
    if size > limit:
        raise Unreadable("unreadable.unpacked", limit=limit)
    if size > _RATIO_FROM and size > MAX_RATIO * taken:
        raise Unreadable("unreadable.bomb", ratio=MAX_RATIO)
