"""Limits of the process a submission runs in, on every system that has them. Source: setrlimit(2), setitimer(2)."""

import errno
import mmap
import os
from types import ModuleType

from .watching import MOST_RUNS, WATCH

try:
    import resource
except ImportError:  # Windows: only the trusted side's clock limits a submission there
    resource = None  # type: ignore[assignment]

LIMITS = frozenset({"time", "output", "memory"})
"""Kinds of faults: a run came to a limit."""

_RESERVE_BYTES = 8 << 20

CPU_TIMES = 2 * (1 + MOST_RUNS)
"""All runs of a process take at most so many times the limit of one; the kernel's own time counts here, up to as much.

Almost all of it is the filling of fresh memory, which takes a hundred times longer on a machine that has to fetch the
pages from its host: a submission that asks for all memory must not be told that it was too slow.
"""

_DEEPEST = 40_000
"""Calls within each other; one that goes through C code takes less than 1 KiB of the stack (numpy's for objects 3)."""

_STACK_BYTES = 64 << 20
_ASSUMED_BYTES = 2 << 30  # where /proc does not tell


class Reserve:
    """Memory beside the submission's own, so that what it did can still be told once it has used all it may.

    It is address space only, no page of it is ever touched, and not of malloc's, whose choice of places it would
    change. A forked process has that of its parent.
    """

    def __init__(self) -> None:
        self._held: mmap.mmap | None = None

    def take(self) -> None:
        """Hold the reserve, if it is not held. Raises MemoryError."""
        if self._held is None:
            try:
                self._held = mmap.mmap(-1, _RESERVE_BYTES)
            except OSError as error:
                raise MemoryError from error

    def release(self) -> None:
        """Give it back, now that it is needed."""
        if self._held is not None:
            self._held.close()  # not left to the garbage collector, which needs memory itself
            self._held = None


RESERVE = Reserve()


def limit_resources(*, cpu_s: int, address_space: int) -> None:
    """Set soft and hard limits; `address_space` in bytes bounds the whole process, see `address_space_bytes`.

    `cpu_s`: the processor time of one run, which `watching.py` holds a script to; here all runs together are bounded.
    Raises OSError if this machine's own limits are below a submission's, which would pay for that with its points.
    """
    if resource is None:
        return
    for name, wanted, needed, option in (
        ("CORE", 0, 0, ""),
        ("FSIZE", 0, 0, ""),
        ("NOFILE", 8, 0, ""),
        ("NPROC", 0, 0, ""),
        ("MEMLOCK", 0, 0, ""),
        ("MSGQUEUE", 0, 0, ""),
        ("STACK", _STACK_BYTES, 0, ""),
        ("CPU", CPU_TIMES * cpu_s, cpu_s, "-t"),
        ("AS", address_space, address_space, "-v"),
    ):
        which = getattr(resource, f"RLIMIT_{name}", None)
        if which is None:
            continue
        # A limit that is lower already is kept: only root could raise it, and this machine's owner has set it.
        _, hard = resource.getrlimit(which)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if value < needed:
            raise OSError(errno.ENOMEM, f"a submission may use more than this machine's own limit; see ulimit {option}")
        resource.setrlimit(which, (value, value))
    WATCH.set_timer()  # here, since seccomp comes next and forbids it


def bound_depth(module: ModuleType) -> None:
    """Let recursion end by an exception before the stack does: with the process all would end that it had computed.

    `module`: `sys`, whose limit of recursion a script may raise above what the stack has room for.
    """
    real = module.setrecursionlimit

    def setrecursionlimit(limit: int, /) -> None:
        real(min(limit, _DEEPEST))

    setattr(module, "setrecursionlimit", setrecursionlimit)  # noqa: B010 - not in the type stub


def address_space_bytes() -> int:
    """Return the size of this process's address space now. Source: proc(5), statm."""
    try:
        statm = os.open("/proc/self/statm", os.O_RDONLY)
        try:
            return int(os.read(statm, 100).split()[0]) * os.sysconf("SC_PAGE_SIZE")
        finally:
            os.close(statm)
    except (OSError, ValueError):
        return _ASSUMED_BYTES
