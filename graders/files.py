"""Write files so that nobody ever finds half of one."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from graders.errors import UsageError

UNFINISHED = ".unfinished"
"""Ends the name of a file that is being written; a run that was killed may leave one."""


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that it is either the old or the whole new one. Raises UsageError if the place is unusable.

    What is there and no ordinary file (/dev/null, a pipe, a link) is written to, never replaced.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        if not _is_replaceable(path):
            _write(path, data)
            return
        _write(temporary, data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):  # the folder may be read-only
            temporary.unlink()
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another place with -o") from error


def _is_replaceable(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True


def _write(path: Path, data: bytes | Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines([data] if isinstance(data, bytes) else data)
