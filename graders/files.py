"""Write files so that nobody ever finds half of one, and into a folder that no other run writes to."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graders.errors import UsageError

try:
    import fcntl
except ImportError:  # Windows has no such locks; two runs there are told apart by nobody
    fcntl = None  # type: ignore[assignment]

UNFINISHED_ENDING = ".unfinished"
"""Ends the name of a file that is being written; a run that was killed may leave one."""

_LOCK = ".grade.lock"


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that it is either the old or the whole new one. Raises UsageError if the place is unusable.

    What is there and no ordinary file (/dev/null, a pipe, a link) is written to, never replaced.
    """
    # Beside the file, since a rename is atomic only within one file system.
    temporary = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED_ENDING}")
    try:
        if not _is_replaceable(path):
            _write_to(path, data)
            return
        _write_to(temporary, data)
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


def _write_to(path: Path, data: bytes | Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines([data] if isinstance(data, bytes) else data)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep every other run out of a folder meanwhile. Raises UsageError if one is there already.

    The system gives the lock back when a process ends, however it ends; a file that is left then locks nobody out.
    """
    if fcntl is None:
        yield
        return
    path = folder / _LOCK
    try:
        lock = path.open("wb")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}; name another folder with -o") from error
    with lock:
        if not _locks(lock.fileno(), path):
            raise UsageError(
                f"{folder}: another run is writing there; wait for its end, or name another folder with -o"
            )
        try:
            yield
        finally:
            path.unlink(missing_ok=True)  # while it is locked, so that it is never the next run's


def _locks(fd: int, path: Path) -> bool:
    """Take the lock, unless another run has it or has just thrown this file away."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks, such as some shared ones: better unguarded than not at all
        return True
    try:
        # The run before may have removed the file after it was opened here: a lock on that one keeps nobody out.
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False
