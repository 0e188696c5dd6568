"""Start the fork server's process, and nothing else: this module is light, so that the server loads numpy early."""

import itertools
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from graders.errors import SandboxError

INSIDE = Path(__file__).resolve().parent.parent / "inside"

_UIDS = range(61184, 65520)  # Source: systemd's range of dynamic users, which no account has
_FEWEST_DESCRIPTORS = 32  # twice what the server, its self-test and a child have open
_server_numbers = itertools.count()  # so that no two servers of a process share a uid
_KEPT_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")  # which kernels OpenBLAS may use on this processor


def end_process(pidfd: int) -> None:
    """End a process, whatever it does, by its descriptor."""
    with suppress(ProcessLookupError):  # it has ended by itself meanwhile
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


class Forked:
    """The process of a server that another one forks, ended and waited for as if it were a child of this process."""

    def __init__(self) -> None:
        self.pid = 0
        self._pidfd = -1

    def found(self, pid: int, pidfd: int) -> None:
        """Take over what the server has said of itself."""
        self.pid, self._pidfd = pid, pidfd

    def kill(self) -> None:
        """End it, if it has not ended; one that has said nothing yet ends when its socket is closed."""
        if self.pid:
            end_process(self._pidfd)

    def wait(self) -> None:
        """Wait until it has ended."""
        if self.pid:
            poller = select.poll()  # `select` knows no descriptor above 1023
            poller.register(self._pidfd, select.POLLIN)
            poller.poll()
            os.close(self._pidfd)
            self.pid = 0


class Launched(NamedTuple):
    """A server that is starting. `errors_fd`: a memory file with what it writes to stderr.

    No dataclass: importing those takes 5 ms, and the server has not started yet.
    """

    process: subprocess.Popen[bytes] | Forked
    control: socket.socket
    errors_fd: int

    def branch(self) -> "Launched":
        """Start another server as a fork of this one: it need not load Python and numpy again.

        The answer comes on the new server's own socket. Raises SandboxError where this server is gone.
        """
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                socket.send_fds(self.control, [b"branch%d" % _next_uid()], [theirs.fileno()])
            except OSError as error:
                control.close()
                raise SandboxError(f"another server cannot be started: {error}") from error
        return Launched(Forked(), control, os.dup(self.errors_fd))  # a branch writes where this one does


def environment() -> dict[str, str]:
    """Return the whole environment of a sandbox: nothing of the caller's but OpenBLAS's choice of kernels.

    Single-threaded: forked children have no BLAS worker threads, so a multi-threaded product would hang.
    """
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **threads, **kept}


def command(*arguments: object) -> list[str]:
    """Return the command line of the sandboxed program."""
    # -I: neither the caller's environment nor the current folder can put a module before ours.
    return [sys.executable, "-I", str(INSIDE / "__main__.py"), *map(str, arguments)]


def launch() -> Launched | None:
    """Start a server with exec in a fresh address space; None where the system has no such thing.

    Raises SandboxError where the system refuses a process, a descriptor or memory: that is no lack of walls, so nothing
    runs without them because of it.
    """
    if not sys.platform.startswith("linux"):
        return None
    _check_descriptors()
    try:
        return start(lambda control_fd: command("serve", control_fd, _next_uid()))
    except OSError as error:
        raise SandboxError(f"the sandbox's server cannot be started: {error}; see ulimit -a") from error


@contextmanager
def branched(first: Launched | None, count: int) -> Iterator[Callable[[], Launched | None]]:
    """Yield what hands out a server and its branches, `count` together, and then None; what is left is ended.

    They are asked for at once: a server that supervises a job hears nothing else.
    """
    servers = [] if first is None else [first]
    with suppress(SandboxError):  # where the first does not start: the one who takes it is told why
        while first is not None and len(servers) < count:
            servers.append(first.branch())
    left = iter(servers)
    try:
        yield lambda: next(left, None)
    finally:
        for server in left:
            server.control.close()  # it ends by itself
            os.close(server.errors_fd)


def _next_uid() -> int:
    return _UIDS[(os.getpid() + next(_server_numbers)) % len(_UIDS)]


def _check_descriptors() -> None:
    """Refuse to start where the server would fail half-way, and might be taken for one of a system without walls."""
    import resource  # which only some systems have

    if (most := resource.getrlimit(resource.RLIMIT_NOFILE)[0]) < _FEWEST_DESCRIPTORS:
        raise SandboxError(f"a process may open only {most} files at once, fewer than the sandbox needs; see ulimit -n")


def start(program: Callable[[int], list[str]]) -> Launched:
    """Start the server's program; `program` gets the descriptor of its socket and returns its command line."""
    # SEQPACKET keeps messages apart, and tells the server when this process ends, however it does.
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        errors_fd = os.memfd_create("errors")
        try:
            process = subprocess.Popen(
                program(theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors_fd,
                pass_fds=[theirs.fileno()],
                env=environment(),
                cwd="/",  # where there is no module of anybody's to import
            )
        except OSError:
            os.close(errors_fd)
            raise
    return Launched(process, control, errors_fd)
