"""The walls of a child process on Linux: Landlock, uid, limits, descriptors, seccomp.

`prepare` is called once in the server, `confine` in each forked child, before anything of the submission is parsed.
Every step raises when the kernel refuses it, so a child is either locked in or does not run (fail closed).
seccomp is the first wall: 15 system calls, none of which opens, names or signals anything. Landlock, which denies all
files and network, is the second. Sources: seccomp(2), landlock(7), prctl(2), setrlimit(2), credentials(7), and the
kernel's system call tables.
"""

import ctypes
import errno
import fcntl
import os
import platform
import signal
import struct
import sys
from contextlib import suppress
from typing import NamedTuple

from .limiting import limit_resources
from .protocol import write_all

RESULT_FD, REQUEST_FD = 3, 4
"""The one descriptor a submission's process may write to, and the one it may read from."""

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_CAPABILITY_VERSION = 0x20080522  # Source: linux/capability.h, _LINUX_CAPABILITY_VERSION_3

_RET_KILL, _RET_ERRNO, _RET_ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06  # BPF: ld abs, jeq, jset, ret
_NR, _ARCH, _ARG0, _ARG2 = 0, 4, 16, 32  # offsets in struct seccomp_data; the low words on little-endian machines
_X32_BIT = 0x40000000
_PROT_EXEC = 4
_CLONE3, _CLOSE_RANGE = 435, 436  # the same numbers on every architecture


class _Machine(NamedTuple):
    """What the filter has to know about a processor architecture."""

    audit_arch: int
    allowed: tuple[int, ...]
    mmap: int
    mprotect: int
    read: int
    write: int


# exit, exit_group, munmap, mremap, brk, madvise, futex, rt_sigreturn, clock_gettime, clock_nanosleep, getrandom
_MACHINES = {
    "x86_64": _Machine(
        audit_arch=0xC000003E,
        allowed=(60, 231, 11, 25, 12, 28, 202, 15, 228, 230, 318),
        mmap=9,
        mprotect=10,
        read=0,
        write=1,
    ),
    "aarch64": _Machine(
        audit_arch=0xC00000B7,
        allowed=(93, 94, 215, 216, 214, 233, 98, 139, 113, 115, 278),
        mmap=222,
        mprotect=226,
        read=63,
        write=64,
    ),
}

_LANDLOCK_CREATE, _LANDLOCK_RESTRICT = 444, 446
_LANDLOCK_VERSION = 1
_LANDLOCK_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # ABI → number of file-system rights known since then


class _FilterProgram(ctypes.Structure):
    """A BPF program as the kernel wants it (struct sock_fprog)."""

    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]

    @classmethod
    def of(cls, instructions: bytes) -> "_FilterProgram":
        """Wrap instructions of 8 bytes each."""
        return cls(len(instructions) // 8, instructions)


class Walls(NamedTuple):
    """What the server prepared for its children; `landlock_abi` is 0 where the kernel has no Landlock."""

    seccomp_program: ctypes.Structure
    landlock_fd: int
    landlock_abi: int
    null_fd: int
    uid: int | None


def prepare(uid: int) -> Walls:
    """Compile the filter and the Landlock ruleset once. `uid` is used where this process is root.

    Raises OSError where the machine is not one of the known ones.
    """
    fd, abi = _landlock_ruleset()
    return Walls(
        seccomp_program=_FilterProgram.of(seccomp_filter(platform.machine())),
        landlock_fd=fd,
        landlock_abi=abi,
        null_fd=_moved_up(os.open(os.devnull, os.O_RDWR)),
        uid=uid if os.geteuid() == 0 and _can_become(uid) else None,
    )


def confine(walls: Walls, result_fd: int, request_fd: int, parent_pid: int, *, cpu_s: int, address_space: int) -> None:
    """Lock this process in for good; afterwards it can compute, write to RESULT_FD and read from REQUEST_FD.

    `address_space`: bytes of memory, with what the process has now; `cpu_s`: seconds of processor time.
    """
    os.setsid()  # no terminal, and no group whose signals it would share
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if walls.landlock_abi:
        _require(_libc.syscall(_LANDLOCK_RESTRICT, walls.landlock_fd, 0), "landlock_restrict_self")
    if walls.uid is not None:
        _become(walls.uid)
    elif os.geteuid() == 0:  # the root of a container without the right to become somebody else
        _drop_capabilities()
    end_with(parent_pid)  # after setresuid, which clears it
    keep_only(result_fd, request_fd, walls.null_fd)
    limit_resources(cpu_s=cpu_s, address_space=address_space)
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(walls.seccomp_program))


def _become(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _drop_capabilities() -> None:
    """Keep the user, but none of its rights."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    _require(_libc.capset(header, bytes(24)), "capset")  # effective, permitted, inheritable: 64 bits of each, all zero


def end_with(parent_pid: int) -> None:
    """Let this process be killed when the thread that started it ends, and raise if that has ended already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_pid:
        raise OSError(errno.ESRCH, "the parent is gone")


def _can_become(uid: int) -> bool:
    """Try it: the root of a container or a namespace may have no such user, or not the right to be it or to end it."""
    said, says = os.pipe()
    held, holds = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(holds)
        try:
            _become(uid)
            os.write(says, b"x")
            os.read(held, 1)  # until it is killed, or the other end is closed
        finally:
            os._exit(1)
    os.close(says)
    if os.read(said, 1):
        with suppress(PermissionError):
            os.kill(pid, signal.SIGKILL)
    for fd in (said, held, holds):
        os.close(fd)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def keep_only(result_fd: int, request_fd: int, null_fd: int) -> None:
    """Leave open: the null device on 0, 1, 2, and the pipes on RESULT_FD and REQUEST_FD."""
    result_fd, request_fd = _moved_up(result_fd), _moved_up(request_fd)
    for fd in (0, 1, 2):
        os.dup2(null_fd, fd)
    os.dup2(result_fd, RESULT_FD)
    os.dup2(request_fd, REQUEST_FD)
    if _libc.syscall(_CLOSE_RANGE, REQUEST_FD + 1, ctypes.c_uint(0xFFFFFFFF), 0) < 0:
        os.closerange(REQUEST_FD + 1, os.sysconf("SC_OPEN_MAX"))


def write_failure(result_fd: int, data: bytes) -> None:
    """Write to the pipe, wherever `confine` had moved it to when it failed."""
    try:
        write_all(result_fd, data)
    except OSError:
        write_all(RESULT_FD, data)


def seccomp_filter(machine: str) -> bytes:
    """Return the BPF program for this machine: an allow-list, everything else fails with EPERM.

    clone3 fails with ENOSYS, so that the C library falls back to clone; a foreign architecture kills the process.
    """
    known = _MACHINES.get(machine)
    if known is None or sys.byteorder != "little":
        raise OSError(errno.ENOSYS, f"no system call table for {machine}")
    deny = (_RETURN, 0, 0, _RET_ERRNO | errno.EPERM)
    allow = (_RETURN, 0, 0, _RET_ALLOW)
    program = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, known.audit_arch),
        (_RETURN, 0, 0, _RET_KILL),
        (_LOAD, 0, 0, _NR),
    ]
    if machine == "x86_64":
        program += [(_ANY_BIT, 0, 1, _X32_BIT), (_RETURN, 0, 0, _RET_KILL)]
    for number in known.allowed:
        program += [(_EQUAL, 0, 1, number), allow]
    for number in (known.mmap, known.mprotect):
        program += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _ARG2), (_ANY_BIT, 0, 1, _PROT_EXEC), deny, allow]
    for number, fd in ((known.write, RESULT_FD), (known.read, REQUEST_FD)):
        program += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _ARG0), (_EQUAL, 1, 0, fd), deny, allow]
    program += [(_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _RET_ERRNO | errno.ENOSYS), deny]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)


def _landlock_ruleset() -> tuple[int, int]:
    """Return a descriptor of a ruleset that allows nothing, and the kernel's Landlock ABI (0: none)."""
    abi = _libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if abi < 1:
        return -1, 0
    rights = max(count for since, count in _LANDLOCK_FILE_RIGHTS.items() if since <= abi)
    # The structure grows with the ABI, and a kernel refuses one that is longer than it knows.
    tcp = 0b11 if abi >= 4 else 0
    scoped = 0b11 if abi >= 6 else 0  # abstract unix sockets and signals
    attributes = struct.pack("QQQ", (1 << rights) - 1, tcp, scoped)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    fd = _libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0)
    _require(fd, "landlock_create_ruleset")
    return fd, abi


def _moved_up(fd: int) -> int:
    """Return a duplicate of `fd` above the numbers that `keep_only` uses."""
    return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)


def _prctl(option: int, first: int, second: int = 0) -> None:
    _require(_libc.prctl(option, first, second, 0, 0), f"prctl({option})")


def _require(returned: int, what: str) -> None:
    if returned < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


_libc = ctypes.CDLL(None, use_errno=True)
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
