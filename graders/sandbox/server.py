"""Level `kernel`: the fork server, seen from the trusted side."""

import fcntl
import os
import select
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from graders.errors import SandboxError, SandboxUnavailable, ServerDied
from graders.exercise_file import Limits
from graders.inside.protocol import ENDED, MAX_SELF_TEST_BYTES, READY, REFUSED, STARTED
from graders.sandbox.execution import Ending, Execution, Stop, interpret, require_start
from graders.sandbox.launch import Launched, launch
from graders.sandbox.wire import MAX_REPLY_BYTES

_ANSWER_S = 20.0  # longer than any honest answer of the server takes

_KILLED_FROM_OUTSIDE = (
    "a submission's process was killed from outside, as the system does when memory runs out; run fewer at a time "
    "(--jobs), or give the machine or container more memory"
)


@contextmanager
def _out_of_room() -> Iterator[None]:
    """Turn a refusal of the system's (descriptors, memory) into the grader's own error."""
    try:
        yield
    except OSError as error:
        raise SandboxError(f"this machine has no room for another process: {error}; see ulimit -a") from error


class KernelSandbox:
    """One fork server, one job at a time. Use as a context manager."""

    isolation = "kernel"

    def __init__(self, launched: Launched, limits: Limits) -> None:
        """Take over a server that was launched. Raises SandboxUnavailable if it does not get ready."""
        self._launched = launched
        self._limits = limits
        self._setup: bytes | None = None
        self._networks = 0
        launched.control.settimeout(_ANSWER_S)
        try:
            self.walls, self._self_test = self._wait_until_ready()
        except SandboxUnavailable:
            self.close()
            raise

    def __enter__(self) -> "KernelSandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def server_pid(self) -> int:
        """The process that runs submissions now."""
        return self._launched.process.pid

    def check_walls(self) -> None:
        """Raise SandboxUnavailable, with the acts that were allowed, unless the server's self-test was refused all."""
        if self._self_test != REFUSED:
            said = self._self_test.decode("utf-8", "replace") or "its self-test failed"
            raise SandboxUnavailable(f"the kernel sandbox does not hold: {said}")

    @_out_of_room()
    def prepare(self, setup: bytes, networks: int) -> None:
        """Hand over what all submissions share; `networks` counts the fixed example too."""
        self._setup, self._networks = setup, networks
        self._send_setup(setup)

    @_out_of_room()
    def run(self, job: bytes, *, networks: int | None = None, wall_s: float | None = None) -> Execution:
        """Run one job. A server that died is started again once; raises SandboxError if that does not help.

        `wall_s`: a shorter time limit than the exercise's.
        """
        limit_s = self._limits.wall_s if wall_s is None else min(wall_s, self._limits.wall_s)
        try:
            return self._run(job, networks or self._networks, limit_s)
        except ServerDied:
            if self._setup is None:
                raise
            self._start_again(self._setup)
            return self._run(job, networks or self._networks, limit_s)

    def close(self) -> None:
        """End the server, and with it whatever still runs."""
        self._launched.control.close()
        self._launched.process.kill()
        self._launched.process.wait()
        os.close(self._launched.errors_fd)

    def _start_again(self, setup: bytes) -> None:
        """Replace the server. One whose walls do not hold is ended, so that the next job replaces it again."""
        launched = launch()
        assert launched is not None
        self.close()
        self._launched = launched
        launched.control.settimeout(_ANSWER_S)
        try:
            self.walls, self_test = self._wait_until_ready()
            if self_test != self._self_test:
                raise SandboxUnavailable("the kernel sandbox has other walls than before")
            self._send_setup(setup)
        except SandboxError:
            launched.process.kill()
            raise

    def _wait_until_ready(self) -> tuple[str, bytes]:
        """Return the walls in words, and what the self-test said."""
        try:
            answer, _ = self._answer(READY.size, more=MAX_SELF_TEST_BYTES)
        except ServerDied as error:
            raise SandboxUnavailable(f"the kernel sandbox does not start: {error}") from error
        abi, uid = READY.unpack_from(answer)
        walls = f"seccomp, {f'Landlock ABI {abi}' if abi else 'no Landlock'}, {f'uid {uid}' if uid >= 0 else 'own uid'}"
        return walls, answer[READY.size :]

    def _send_setup(self, setup: bytes) -> None:
        with _sealed(setup) as fd:
            self._send(b"setup", fd)

    def _send(self, message: bytes, *fds: int) -> None:
        try:
            socket.send_fds(self._launched.control, [message], fds)
        except OSError as error:
            raise ServerDied(f"the sandbox's server is gone: {self._last_words()}") from error

    def _run(self, job: bytes, networks: int, wall_s: float) -> Execution:
        result, result_end = os.pipe()
        with _closing(result):
            with _closing(result_end), _sealed(job) as job_fd:
                self._send(b"job", job_fd, result_end)
            _, (pidfd,) = self._answer(STARTED.size, fds=1)
            with _closing(pidfd):
                data, out_of_time, too_large = _read(result, pidfd, wall_s)
            status, cpu_s, _ = ENDED.unpack(self._answer(ENDED.size)[0])
        ending = Ending(
            status=os.waitstatus_to_exitcode(status), cpu_s=cpu_s, out_of_time=out_of_time, too_large=too_large
        )
        execution = require_start(interpret(data, ending, networks=networks, cpu_limit_s=self._limits.cpu_s))
        if execution.stop is Stop.SIGNAL and ending.status == -signal.SIGKILL:
            raise ServerDied(_KILLED_FROM_OUTSIDE)  # a confined process can send no signal, not even to itself
        return execution

    def _answer(self, size: int, *, fds: int = 0, more: int = 0) -> tuple[bytes, list[int]]:
        """Return a message of `size` bytes, or up to `more` longer, and the descriptors that came with it."""
        try:
            message, received, _, _ = socket.recv_fds(self._launched.control, size + more, fds)
        except OSError as error:
            raise ServerDied(f"the sandbox's server does not answer: {error}") from error
        if not size <= len(message) <= size + more or len(received) != fds:
            raise ServerDied(f"the sandbox's server ended: {self._last_words()}")
        return message, list(received)

    def _last_words(self) -> str:
        lines = os.pread(self._launched.errors_fd, 1 << 16, 0).decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


def _read(result: int, pidfd: int, wall_s: float) -> tuple[bytes, bool, bool]:
    """Read a reply up to its limits in time and size, and wait for the process to end; kill it at either limit."""
    deadline = time.monotonic() + wall_s
    data = bytearray()  # many small pieces would each cost a page
    out_of_time, too_large = False, False
    waiting_for = result
    while True:
        killed = out_of_time or too_large
        if not _is_ready(waiting_for, _ANSWER_S if killed else deadline - time.monotonic()):
            if killed:
                raise ServerDied("a submission's process does not end although it was killed")
            out_of_time = True
            _kill(pidfd)
        elif waiting_for == pidfd:
            return bytes(data), out_of_time, too_large
        elif not (chunk := os.read(result, 1 << 20)):
            waiting_for = pidfd
        elif not too_large:
            data += chunk
            too_large = len(data) > MAX_REPLY_BYTES
            if too_large:
                _kill(pidfd)


def _kill(pidfd: int) -> None:
    with suppress(ProcessLookupError):  # it ended by itself at this moment
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def _is_ready(fd: int, within_s: float) -> bool:
    poller = select.poll()
    poller.register(fd, select.POLLIN)
    return bool(poller.poll(max(0, within_s * 1000)))


@contextmanager
def _sealed(data: bytes) -> Iterator[int]:
    """Yield the descriptor of a memory file that nobody can change any more."""
    with _closing(os.memfd_create("job", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)) as fd:
        with open(fd, "wb", closefd=False) as file:
            file.write(data)
        seals = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
        fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
        yield fd


@contextmanager
def _closing(fd: int) -> Iterator[int]:
    try:
        yield fd
    finally:
        os.close(fd)
