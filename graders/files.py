"""Write files so that nobody ever finds half of one, and into a folder that no other run writes to."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from graders.errors import UsageError
from graders.messages import message

try:
    import fcntl
except ImportError:  # Windows has no such locks; two runs there are told apart by nobody
    fcntl = None  # type: ignore[assignment]

UNFINISHED_ENDING = ".unfinished"
"""Ends the name of a file that is being written; a run that was killed may leave one."""

_LOCK = ".grade.lock"


def refused(key: str, path: Path, error: OSError) -> UsageError:
    """Return what the caller is told of a path that the system refuses; `key`: of the message with path and reason."""
    return UsageError(message(key, path=str(path), reason=error.strerror or str(error)))


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that it is either the old or the whole new one. Raises UsageError if the place is unusable.

    What is there is replaced and never opened: not where a link leads, not a pipe that somebody put there.
    """
    # Beside the file, since a rename is atomic only within one file system.
    temporary = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED_ENDING}")
    try:
        with _created(temporary) as file:
            file.writelines([data] if isinstance(data, bytes) else data)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):  # the folder may be read-only
            temporary.unlink()
        raise refused("usage.not-written", path, error) from error


def write_named(path: Path, data: bytes) -> None:
    """Write to a place that the caller chose by this name: a device or a pipe is written to. Raises UsageError."""
    try:
        is_special = not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        is_special = False
    if not is_special or path.is_dir():
        write_atomically(path, data)
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise refused("usage.not-written", path, error) from error


def _created(path: Path) -> BinaryIO:
    """Open a file that was not there: its name can be guessed, so whatever somebody put there is thrown away."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def open_own(path: Path, mode: str) -> BinaryIO:
    """Open a file that this user's earlier run has left. Raises UsageError if it is anything else, or not theirs.

    Neither a link nor a pipe is followed or waited for.
    """
    try:
        file = cast("BinaryIO", open(path, mode, opener=_open_no_link))  # noqa: SIM115 - the caller closes it
        status = os.fstat(file.fileno())
    except OSError as error:
        raise refused("usage.not-opened", path, error) from error
    is_own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    if not is_own or not stat.S_ISREG(status.st_mode):
        file.close()
        raise UsageError(message("usage.not-own", path=str(path)))
    return file


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o666)


def make_folders(root: Path, folder: Path) -> None:
    """Make the folders from `root` down to `folder`. Raises UsageError where a link stands in the way."""
    if folder == root:
        return
    make_folders(root, folder.parent)
    folder.mkdir(exist_ok=True)
    if folder.is_symlink():
        raise UsageError(message("usage.link", path=str(folder)))


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
        lock = open(path, "ab", opener=_open_no_link)  # noqa: SIM115 - closed below; a link there must empty no file
    except OSError as error:
        raise refused("usage.folder-not-written", folder, error) from error
    with lock:
        if not _locks(lock.fileno(), path):
            raise UsageError(message("usage.busy", path=str(folder)))
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
