"""Level `kernel`: the fork server, seen from the trusted side."""

import fcntl
import os
import select
import signal
import socket
import time

from graders.errors import SandboxError, SandboxUnavailable, ServerDied
from graders.exercise_file import Limits
from graders.inside.protocol import ENDED, MAX_SELF_TEST_BYTES, READY, REFUSED, STARTED
from graders.sandbox.execution import Ending, Execution, interpret
from graders.sandbox.launch import Launched, launch
from graders.sandbox.wire import MAX_REPLY_BYTES

_ANSWER_S = 20.0  # longer than any honest answer of the server takes


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

    def check_walls(self) -> None:
        """Raise SandboxUnavailable, with the acts that were allowed, unless the server's self-test was refused all."""
        if self._self_test != REFUSED:
            said = self._self_test.decode("utf-8", "replace") or "its self-test failed"
            raise SandboxUnavailable(f"the kernel sandbox does not hold; allowed: {said}")

    def prepare(self, setup: bytes, networks: int) -> None:
        """Hand over what all submissions share; `networks` counts the fixed example too."""
        self._setup, self._networks = setup, networks
        self._send(b"setup", [_sealed(setup)])

    def run(self, job: bytes, *, networks: int | None = None) -> Execution:
        """Run one job. A server that died is started again once; raises ServerDied if that does not help."""
        for last in (False, True):
            try:
                return self._run(job, networks or self._networks)
            except ServerDied:
                if last or self._setup is None:
                    raise
                self._start_again(self._setup)
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End the server, and with it whatever still runs."""
        self._launched.control.close()
        self._launched.process.kill()
        self._launched.process.wait()
        os.close(self._launched.errors_fd)

    def _start_again(self, setup: bytes) -> None:
        self.close()
        launched = launch()
        assert launched is not None
        self._launched = launched
        launched.control.settimeout(_ANSWER_S)
        self.walls, self_test = self._wait_until_ready()
        if self_test != self._self_test:
            raise SandboxUnavailable("the kernel sandbox has other walls than before")
        self._send(b"setup", [_sealed(setup)])

    def _wait_until_ready(self) -> tuple[str, bytes]:
        """Return the walls in words, and what the self-test said."""
        try:
            answer, _ = self._answer(READY.size, more=MAX_SELF_TEST_BYTES)
        except ServerDied as error:
            raise SandboxUnavailable(f"the kernel sandbox does not start: {error}") from error
        abi, uid = READY.unpack_from(answer)
        walls = f"seccomp, {f'Landlock ABI {abi}' if abi else 'no Landlock'}, {f'uid {uid}' if uid >= 0 else 'own uid'}"
        return walls, answer[READY.size :]

    def _send(self, message: bytes, fds: list[int]) -> None:
        """Send a message with descriptors, which are closed here."""
        try:
            socket.send_fds(self._launched.control, [message], fds)
        except OSError as error:
            raise ServerDied(f"the sandbox's server is gone: {self._last_words()}") from error
        finally:
            for fd in fds:
                os.close(fd)

    def _run(self, job: bytes, networks: int) -> Execution:
        result, result_end = os.pipe()
        try:
            self._send(b"job", [_sealed(job), result_end])
            _, (pidfd,) = self._answer(STARTED.size, fds=1)
            try:
                data, out_of_time, too_large = self._read(result, pidfd)
            finally:
                os.close(pidfd)
            status, cpu_s, _ = ENDED.unpack(self._answer(ENDED.size)[0])
        finally:
            os.close(result)
        ending = Ending(
            status=os.waitstatus_to_exitcode(status), cpu_s=cpu_s, out_of_time=out_of_time, too_large=too_large
        )
        execution = interpret(data, ending, networks=networks, cpu_limit_s=self._limits.cpu_s)
        if execution.reply.failed is not None or not execution.reply.confined:
            reason = (execution.reply.failed or f"it ended with {execution.detail}").strip().splitlines()[-1]
            raise SandboxError(f"a submission's process could not be locked in: {reason}")
        return execution

    def _read(self, result: int, pidfd: int) -> tuple[bytes, bool, bool]:
        """Read a reply up to its limits in time and size; kill the child at either."""
        deadline = time.monotonic() + self._limits.wall_s
        poller = select.poll()
        poller.register(result, select.POLLIN)
        data = bytearray()  # many small pieces would each cost a page
        out_of_time, too_large = False, False
        while True:
            left_ms = max(0, (deadline - time.monotonic()) * 1000)
            stopped = out_of_time or too_large
            if not poller.poll(None if stopped else left_ms):
                out_of_time = True
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
                continue
            chunk = os.read(result, 1 << 20)
            if not chunk:
                return bytes(data), out_of_time, too_large
            if not too_large:
                data += chunk
                too_large = len(data) > MAX_REPLY_BYTES
                if too_large:
                    signal.pidfd_send_signal(pidfd, signal.SIGKILL)

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


def _sealed(data: bytes) -> int:
    """Return the descriptor of a memory file that nobody can change any more."""
    fd = os.memfd_create("job", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with open(fd, "wb", closefd=False) as file:
        file.write(data)
    seals = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, seals)
    return fd
