"""The fork server: one confined, throw-away child per job.

Messages come in over one socket (SOCK_SEQPACKET), each with the descriptors it needs:

    b"setup"   a memory file with the setup frame
    b"job"     the write end of the result pipe, and the read end of the request pipe
    b"branch"  and a uid: the socket of another server, which is forked from this one

The server answers a job twice: the child's pid with its pidfd, at once, and how it ended. It never reads a submission;
the child does: its first request is the job, and when it has answered it waits for further ones, each with more
cases to run on, until it is killed. When the socket closes, the child is killed and the server ends.
"""

import os
import select
import signal
import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

from .canary import allowed_acts
from .confinement import RESULT_FD, Walls, confine, prepare, write_failure
from .limiting import address_space_bytes
from .protocol import ENDED, MAX_SELF_TEST_BYTES, READY, REFUSED, STARTED, write_all

if TYPE_CHECKING:
    from .jobs import Setup

_MAX_MESSAGE = 64  # everything longer comes through a descriptor


def serve(control: socket.socket, uid: int) -> None:
    """Answer jobs until the other end closes."""
    walls = prepare(uid)
    self_test = _SelfTest(walls)
    from .child import live_confined  # and with it numpy, while the self-test runs
    from .jobs import read_setup
    from .warming import get_ready, get_warm, warm_up_calls

    get_warm()
    _say_ready(control, walls, self_test)
    get_ready()  # meanwhile the other side prepares the setup
    server_pid = os.getpid()
    setup: Setup | None = None
    space = 0
    while True:
        message, fds, _, _ = socket.recv_fds(control, _MAX_MESSAGE, 2)
        if not message:
            return
        if message == b"setup":
            # Read with `pread`: the offset of the memory file is shared with whoever holds it, too.
            setup = read_setup(os.pread(fds[0], os.fstat(fds[0]).st_size, 0))
            os.close(fds[0])
            if setup.beyond.definitions:
                warm_up_calls()
            space = address_space_bytes()
        elif message.startswith(b"branch"):
            if not os.fork():
                setup, server_pid = None, os.getpid()
                control, walls = _branched(control, walls, int(message.removeprefix(b"branch")), fds[0])
            else:
                _close_all(fds)
        elif setup is not None:
            pid = os.fork()
            if not pid:
                live_confined(setup, walls, server_pid, space, *fds)
            # The server's own ends, or the trusted side would wait for the end of a pipe that stays open.
            _close_all(fds)
            _supervise(control, pid)


def _say_ready(control: socket.socket, walls: Walls, self_test: "_SelfTest") -> None:
    control.send(READY.pack(walls.landlock_abi, -1 if walls.uid is None else walls.uid) + self_test.result())


def _branched(control: socket.socket, walls: Walls, uid: int, own_fd: int) -> tuple[socket.socket, Walls]:
    """Become a server of its own, which has loaded all it needs: say so on its socket; return that, and the walls."""
    control.close()  # or the end of the other server's would not be seen
    control = socket.socket(fileno=own_fd)
    walls = walls._replace(uid=None if walls.uid is None else uid)
    _announce(control, os.getpid(), os.pidfd_open(os.getpid()))
    _say_ready(control, walls, _SelfTest(walls))
    return control, walls


def _announce(control: socket.socket, pid: int, pidfd: int) -> None:
    # By its descriptor, not its number, which may be another process's by the time it is signalled.
    socket.send_fds(control, [STARTED.pack(pid)], [pidfd])


def _close_all(fds: Iterable[int]) -> None:
    for fd in fds:
        os.close(fd)


class _SelfTest:
    """A child that locks itself in as all others will, and tries the forbidden acts."""

    def __init__(self, walls: Walls) -> None:
        self._said_fd, result_fd = os.pipe()
        server_pid = os.getpid()
        self._pid = os.fork()
        if not self._pid:
            _try_acts(walls, result_fd, server_pid)
        os.close(result_fd)

    def result(self) -> bytes:
        """Return REFUSED, or what the child was allowed, or why it could not lock itself in."""
        with open(self._said_fd, "rb") as said:
            answer = said.read(MAX_SELF_TEST_BYTES)
        os.waitpid(self._pid, 0)
        return answer


def _try_acts(walls: Walls, result_fd: int, server_pid: int) -> NoReturn:
    try:
        confine(walls, result_fd, walls.null_fd, server_pid, cpu_s=5, address_space=address_space_bytes() + (1 << 30))
        allowed = ", ".join(allowed_acts())
        write_all(RESULT_FD, f"allowed: {allowed}".encode() if allowed else REFUSED)
    except BaseException as error:  # noqa: BLE001 - fail closed
        write_failure(result_fd, f"a process could not be locked in: {error}".encode())
    finally:
        os._exit(0)


def _supervise(control: socket.socket, pid: int) -> None:
    """Send the child's pidfd, wait for it, and report its exit; kill it if the trusted side is gone."""
    pidfd = os.pidfd_open(pid)
    try:
        _announce(control, pid, pidfd)
        poller = select.poll()
        poller.register(pidfd, select.POLLIN)
        poller.register(control, select.POLLRDHUP)
        while all(fd != pidfd for fd, _ in poller.poll()):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            poller.unregister(control)  # it would be told again and again
        _, status, usage = os.wait4(pid, 0)
        control.send(ENDED.pack(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss))
    finally:
        os.close(pidfd)
