"""One child, seen from the trusted side: what it writes, what it is asked, and its end."""

import os
import select
import time
from contextlib import suppress
from typing import NamedTuple

from graders.errors import ServerDied
from graders.inside.watching import MOST_RUNS
from graders.sandbox.launch import end_process
from graders.sandbox.wire import MAX_REPLY_BYTES, has_two_frames, is_done, last_frame

KILL_S = 20.0
"""A killed process ends sooner than this."""

_MOST_GIVEN, _LEAST_GIVEN_S = 2, 0.01
"""Of waiting that is given back: at most so many times the limit, and not for less than is worth looking again."""

_PIPE_BYTES = 1 << 16  # there is never more in a pipe


class Said(NamedTuple):
    """What a child wrote. `waits`: it is complete, and the child waits for a request; else the child has ended."""

    data: bytes
    waits: bool = False
    out_of_time: bool = False
    too_large: bool = False


class Child(NamedTuple):
    """A process that runs the submission of `job`: its pidfd, and our ends of its pipes (`requests` never blocks)."""

    job: bytes
    pid: int
    pidfd: int
    result: int
    requests: int

    def ask(self, request: bytes, wall_s: float) -> Said:
        """Write a request (the first is the job) and read the reply, up to its limits; kill the child at either."""
        clock = _Clock(self.pid, wall_s)
        view = memoryview(request)
        with suppress(BrokenPipeError):  # a child that has ended already is told by what it wrote
            while view and clock.waits_for(self.requests, select.POLLOUT):
                view = view[os.write(self.requests, view) :]
        return self._read(clock)

    def _read(self, clock: "_Clock") -> Said:
        data, frame = bytearray(), 0  # many small pieces would each cost a page
        has_longer = False
        while True:
            if not clock.waits_for(self.result, select.POLLIN):
                return self._stopped(data, out_of_time=True)
            chunk = os.read(self.result, _PIPE_BYTES)
            if not chunk:
                break
            data += chunk
            frame = last_frame(data, frame)
            if not has_longer and has_two_frames(data, frame):
                clock.lengthen(MOST_RUNS)  # the fixed example came in time: now the other cases
                has_longer = True
            if is_done(data, frame):
                return Said(bytes(data), waits=True)
            # Looked at after each piece: what is kept never exceeds the limit by more than a pipe holds.
            if len(data) > MAX_REPLY_BYTES:
                return self._stopped(data, too_large=True)
        # A process may close its pipe and go on.
        if not clock.waits_for(self.pidfd, select.POLLIN):
            return self._stopped(data, out_of_time=True)
        return Said(bytes(data))

    def _stopped(self, data: bytearray, *, out_of_time: bool = False, too_large: bool = False) -> Said:
        self.kill()
        # A process that hangs in the kernel survives even SIGKILL for a while.
        if not _is_ready(self.pidfd, select.POLLIN, KILL_S):
            raise ServerDied("a submission's process does not end although it was killed")
        return Said(bytes(data), out_of_time=out_of_time, too_large=too_large)

    def kill(self) -> None:
        """End the child, whatever it does."""
        end_process(self.pidfd)

    def close(self) -> None:
        """Give the descriptors back."""
        for fd in (self.pidfd, self.result, self.requests):
            os.close(fd)


class _Clock:
    """Counts the time a process takes, but not the time it is kept waiting for a processor that others use.

    So that a verdict is the same on a busy machine; but no process gets more than a few times its limit.
    """

    def __init__(self, pid: int, wall_s: float) -> None:
        self._pid = pid
        self._wall_s = wall_s
        self._most_given_s = _MOST_GIVEN * wall_s
        self._given_s = 0.0
        self._deadline = time.monotonic() + wall_s
        self._waited_before_s = _kept_waiting_s(pid)  # what it waited before this request is another one's

    def lengthen(self, times: int) -> None:
        """Give so many times the limit more."""
        self._deadline += times * self._wall_s

    def waits_for(self, fd: int, event: int) -> bool:
        """Wait until a descriptor is ready; False if the time is up, also where it is ready all the time."""
        while (left_s := self._deadline - time.monotonic()) <= 0 or not _is_ready(fd, event, left_s):
            given_s = min(_kept_waiting_s(self._pid) - self._waited_before_s, self._most_given_s)
            if given_s - self._given_s < _LEAST_GIVEN_S:
                return False
            self._deadline += given_s - self._given_s
            self._given_s = given_s
        return True


def _kept_waiting_s(pid: int) -> float:
    """Return how long a process was ready to run, but did not; 0 where the system does not tell.

    Source: the kernel's Documentation/scheduler/sched-stats.rst, /proc/<pid>/schedstat.
    """
    try:
        fd = os.open(f"/proc/{pid}/schedstat", os.O_RDONLY)
        try:
            return int(os.read(fd, 100).split()[1]) / 1e9
        finally:
            os.close(fd)
    except (OSError, ValueError, IndexError):
        return 0.0


def _is_ready(fd: int, event: int, within_s: float) -> bool:
    poller = select.poll()
    poller.register(fd, event)
    return bool(poller.poll(max(0, within_s * 1000)))
