"""Level `kernel`: the fork server, seen from the trusted side."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from graders.errors import SandboxError, SandboxUnavailable, ServerDied
from graders.exercise.content import Limits
from graders.inside.protocol import ENDED, MAX_SELF_TEST_BYTES, READY, REFUSED, STARTED
from graders.sandbox.child import Child, Said
from graders.sandbox.execution import Ending, interpret, require_start
from graders.sandbox.launch import Forked, Launched, launch
from graders.sandbox.reply import NOTHING, Execution
from graders.sandbox.sandbox import Sandbox

_ANSWER_S = 20.0  # longer than any honest answer of the server takes


@contextmanager
def _out_of_room() -> Iterator[None]:
    """Turn a refusal of the system's (descriptors, memory) into the grader's own error."""
    try:
        yield
    except OSError as error:
        raise SandboxError(f"this machine cannot start another process: {error}; see ulimit -a") from error


class KernelSandbox(Sandbox):
    """One fork server, one job at a time."""

    isolation = "kernel"

    def __init__(self, launched: Launched, limits: Limits) -> None:
        """Take over a server that was launched. Raises SandboxUnavailable if it does not get ready."""
        self._launched = launched
        self._limits = limits
        self._setup: bytes | None = None
        self._cases = 0
        self._child: Child | None = None
        self._ending_unread = False  # the server still has to say how the child that was released ended
        self._reply = NOTHING
        launched.control.settimeout(_ANSWER_S)
        try:
            self.walls, self._self_test = self._wait_until_ready()
        except SandboxUnavailable:
            self.close()
            raise

    @property
    def server_pid(self) -> int:
        """The process that runs submissions now."""
        return self._launched.process.pid

    def check_walls(self) -> None:
        """Raise SandboxUnavailable, with the acts that were allowed, unless the server's self-test was refused all."""
        # Not `is there an error`: only the one answer that says all was refused will do.
        if self._self_test != REFUSED:
            said = self._self_test.decode("utf-8", "replace") or "its self-test failed"
            raise SandboxUnavailable(f"the kernel sandbox does not hold: {said}")

    @_out_of_room()
    def prepare(self, setup: bytes, cases: int) -> None:
        """Hand over what all submissions share; `cases` counts the fixed example too."""
        self._setup, self._cases = setup, cases
        self._send_setup(setup)

    @_out_of_room()
    def run(self, job: bytes, *, cases: int | None = None, wall_s: float | None = None) -> Execution:
        """Run one job. A server that died is started again once; raises SandboxError if that does not help.

        `wall_s`: a shorter time limit than the exercise's.
        """
        # A server can only die of the machine's trouble, not of a submission's: once more is fair.
        return self._retried(lambda: self._run(job, cases or self._cases, self._limit_s(wall_s)))

    @_out_of_room()
    def ask(self, job: bytes, request: bytes, *, cases: int, wall_s: float | None = None) -> Execution:
        """Run the submission of `job` on the cases of a request: in its process, or in a new one if that is gone."""
        return self._retried(lambda: self._ask(job, request, cases, self._limit_s(wall_s)))

    def release(self) -> None:
        """End the process that waits to be asked more."""
        if self._child is not None:
            # Killed, not asked to end: what runs there is a student's.
            self._child.kill()
            self._child.close()
            self._child = None
            self._ending_unread = True

    def _limit_s(self, wall_s: float | None) -> float:
        return self._limits.wall_s if wall_s is None else min(wall_s, self._limits.wall_s)

    def _retried(self, run: Callable[[], Execution]) -> Execution:
        try:
            return run()
        except ServerDied:
            if self._setup is None:  # it died before it had anything to run
                raise
            self._start_again(self._setup)
            return run()

    def close(self) -> None:
        """End the server, and with it whatever still runs."""
        self.release()
        self._ending_unread = False
        self._launched.control.close()  # which ends a server that has not said yet which process it is
        self._launched.process.kill()
        self._launched.process.wait()  # so that no zombie is left
        os.close(self._launched.errors_fd)

    def _start_again(self, setup: bytes) -> None:
        """Replace the server. One whose walls do not hold is ended, so that the next job replaces it again."""
        launched = launch()
        assert launched is not None  # there was a server before, so this system has them
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
            if isinstance(self._launched.process, Forked):
                self._launched.process.found(*self._started())
            answer, _ = self._answer(READY.size, more=MAX_SELF_TEST_BYTES)
        except ServerDied as error:
            raise SandboxUnavailable(f"the kernel sandbox does not start: {error}") from error
        abi, uid = READY.unpack_from(answer)
        walls = f"seccomp, {f'Landlock ABI {abi}' if abi else 'no Landlock'}, {f'uid {uid}' if uid >= 0 else 'own uid'}"
        return walls, answer[READY.size :]

    def _send_setup(self, setup: bytes) -> None:
        with _memory_file(setup) as fd:
            self._send(b"setup", fd)

    def _send(self, message: bytes, *fds: int) -> None:
        try:
            socket.send_fds(self._launched.control, [message], fds)
        except OSError as error:
            raise ServerDied(f"the sandbox's server is gone: {self._last_words()}") from error

    def _run(self, job: bytes, cases: int, wall_s: float) -> Execution:
        self.release()
        child, left = self._start(job)
        self._reply = NOTHING
        execution = require_start(self._hear(child, left, wall_s, cases))
        self._reply = execution.reply
        return execution

    def _ask(self, job: bytes, request: bytes, cases: int, wall_s: float) -> Execution:
        deadline = time.monotonic() + wall_s
        # The process that waits has the state of its own script: only the same job may be asked more.
        if self._child is None or self._child.job != job:
            execution = self._run(job, self._cases, wall_s)
            if self._child is None:
                return execution
        child, self._child = self._child, None  # until it is known to wait again, nobody else may release it
        return self._hear(child, request, deadline - time.monotonic(), self._cases, more=cases)

    def _start(self, job: bytes) -> tuple[Child, bytes]:
        """Return a new child, and what its pipe had no room for of the job."""
        with ExitStack() as ours:
            with ExitStack() as theirs:
                result, result_end = _pipe(ours, theirs)
                request_end, requests = _pipe(theirs, ours)
                # A child that never reads must not keep us waiting in a write.
                os.set_blocking(requests, False)
                written = os.write(requests, job)  # so that the child need not wait for it
                self._send(b"job", result_end, request_end)
            if self._ending_unread:
                self._answer(ENDED.size)
                self._ending_unread = False
            pid, pidfd = self._started()
            ours.pop_all()  # from here on the child's record owns its descriptors
            return Child(job, pid, pidfd, result, requests), job[written:]

    def _started(self) -> tuple[int, int]:
        """Return the number and the descriptor of a process that was forked."""
        # A pidfd names this process and no other, though its number may be given to another one.
        started, (pidfd,) = self._answer(STARTED.size, fds=1)
        return STARTED.unpack(started)[0], pidfd

    def _hear(self, child: Child, request: bytes, wall_s: float, cases: int, more: int = 0) -> Execution:
        """Ask a child, and put what it says together with what it said before; keep it if it waits to be asked more."""
        try:
            said = child.ask(request, wall_s)
        except BaseException:
            child.close()
            raise
        if said.waits:
            self._child = child
            ending = Ending(status=0, cpu_s=None, out_of_time=False, too_large=False)
        else:
            child.close()
            ending = self._ending(said)
        limit_s = self._limits.cpu_s
        return interpret(said.data, ending, cases=cases, cpu_limit_s=limit_s, more=more, before=self._reply)

    def _ending(self, said: Said) -> Ending:
        """Learn from the server how a child ended."""
        wait_status, cpu_s, _ = ENDED.unpack(self._answer(ENDED.size)[0])
        status = os.waitstatus_to_exitcode(wait_status)
        return Ending(status=status, cpu_s=cpu_s, out_of_time=said.out_of_time, too_large=said.too_large)

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
        # Not `read`: the position in the file is the server's, too, and would be moved under its writing.
        lines = os.pread(self._launched.errors_fd, 1 << 16, 0).decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


def _pipe(reading: ExitStack, writing: ExitStack) -> tuple[int, int]:
    """Return the ends of a pipe, each of which its stack closes."""
    ends = os.pipe()
    for fd, stack in zip(ends, (reading, writing), strict=True):
        stack.callback(os.close, fd)
    return ends


@contextmanager
def _memory_file(data: bytes) -> Iterator[int]:
    with open(os.memfd_create("setup"), "wb") as file:
        file.write(data)
        file.flush()
        yield file.fileno()
