"""Write files so that nobody ever finds half of one."""

import os
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
        if path.is_symlink() or (path.exists() and not path.is_file()):
            _write(path, data)
            return
        _write(temporary, data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):  # the folder may be read-only
            temporary.unlink()
        raise UsageError(f"{path}: cannot be written: {error.strerror}; name another place with -o") from error


def _write(path: Path, data: bytes | Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines([data] if isinstance(data, bytes) else data)
