"""The self-test: forbidden acts, all of which must be refused. Outside a sandbox they succeed and do no harm."""

import ctypes
import os
from collections.abc import Callable
from types import SimpleNamespace

_REAL = SimpleNamespace(**vars(os))
"""The functions of `os` as they are: a server answers some of them from memory before others are forked from it."""

_LIBC = ctypes.CDLL(None, use_errno=True)


def _raise_if_negative(returned: int) -> None:
    if returned < 0:
        raise OSError(ctypes.get_errno(), "refused")
    _REAL.close(returned)


def _fork() -> None:
    pid = _REAL.fork()
    if pid == 0:
        _REAL._exit(0)  # at once: a child that went on would reply a second time
    _REAL.waitpid(pid, 0)


def _make_file() -> None:
    path = f"/dev/shm/exercise-grader-canary-{_REAL.getpid()}"
    _REAL.close(_REAL.open(path, _REAL.O_CREAT | _REAL.O_EXCL | _REAL.O_WRONLY))
    _REAL.unlink(path)


def _map_executable() -> None:
    _LIBC.mmap.restype = ctypes.c_void_p
    # 7: readable, writable and executable; 0x22: private and anonymous.
    if _LIBC.mmap(None, ctypes.c_size_t(4096), 7, 0x22, -1, 0) in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), "refused")


ACTS: dict[str, Callable[[], object]] = {
    "read a file": lambda: _REAL.close(_REAL.open("/etc/passwd", _REAL.O_RDONLY)),
    "list a folder": lambda: _REAL.listdir("/"),
    "look at a path": lambda: _REAL.stat("/"),
    "make a file": _make_file,
    "open an internet socket": lambda: _raise_if_negative(_LIBC.socket(2, 1, 0)),
    "open a datagram socket": lambda: _raise_if_negative(_LIBC.socket(2, 2, 0)),
    "open a unix socket": lambda: _raise_if_negative(_LIBC.socket(1, 1, 0)),
    "start a process": _fork,
    # Signal 0 is none: the kernel only says whether one may be sent.
    "signal a process": lambda: _REAL.kill(_REAL.getpid(), 0),
    "make a memory file": lambda: _REAL.close(_REAL.memfd_create("canary")),
    "map executable memory": _map_executable,
}


def allowed_acts() -> list[str]:
    """Try every act and return the names of those that succeeded."""
    return [name for name, act in ACTS.items() if _succeeds(act)]


def _succeeds(act: Callable[[], object]) -> bool:
    try:
        act()
    except OSError:  # nothing else counts as a refusal: an act that fails by our own mistake ends the self-test
        return False
    return True
