"""Limits of the process a submission runs in, on every system that has them. Source: setrlimit(2)."""

import errno
import os

try:
    import resource
except ImportError:  # Windows: only the trusted side's clock limits a submission there
    resource = None  # type: ignore[assignment]

_STACK_BYTES = 8 << 20
_ASSUMED_BYTES = 2 << 30  # where /proc does not tell


def limit_resources(*, cpu_s: int, address_space: int) -> None:
    """Set soft and hard limits; `address_space` in bytes bounds the whole process, see `address_space_bytes`.

    Raises OSError if this machine's own limits are below a submission's, which would pay for that with its points.
    """
    if resource is None:
        return
    for name, wanted, option in (
        ("CORE", 0, ""),
        ("FSIZE", 0, ""),
        ("NOFILE", 8, ""),
        ("NPROC", 0, ""),
        ("MEMLOCK", 0, ""),
        ("MSGQUEUE", 0, ""),
        ("STACK", _STACK_BYTES, ""),
        ("CPU", cpu_s, "-t"),
        ("AS", address_space, "-v"),
    ):
        which = getattr(resource, f"RLIMIT_{name}", None)
        if which is None:
            continue
        _, hard = resource.getrlimit(which)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        if option and value < wanted:
            raise OSError(errno.ENOMEM, f"a submission may use more than this machine's own limit; see ulimit {option}")
        resource.setrlimit(which, (value, value))


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
