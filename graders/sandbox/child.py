"""One child, seen from the trusted side: what it writes, what it is asked, and its end."""

import os
import select
import signal
import time
from contextlib import suppress
from typing import NamedTuple

from graders.errors import ServerDied
from graders.sandbox.wire import MAX_REPLY_BYTES, is_done, last_frame

KILL_S = 20.0
"""A killed process ends sooner than this."""

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
    pidfd: int
    result: int
    requests: int

    def ask(self, request: bytes, wall_s: float) -> Said:
        """Write a request (the first is the job) and read the reply, up to its limits; kill the child at either."""
        deadline = time.monotonic() + wall_s
        view = memoryview(request)
        with suppress(BrokenPipeError):
            while view and _is_ready(self.requests, select.POLLOUT, deadline - time.monotonic()):
                view = view[os.write(self.requests, view) :]
        return self._read(deadline)

    def _read(self, deadline: float) -> Said:
        data, frame = bytearray(), 0  # many small pieces would each cost a page
        out_of_time, too_large = False, False
        waiting_for = self.result
        while True:
            killed = out_of_time or too_large
            left_s = KILL_S if killed else deadline - time.monotonic()
            if left_s <= 0 or not _is_ready(waiting_for, select.POLLIN, left_s):
                if killed:
                    raise ServerDied("a submission's process does not end although it was killed")
                out_of_time = True
                self.kill()
            elif waiting_for == self.pidfd:
                return Said(bytes(data), out_of_time=out_of_time, too_large=too_large)
            elif not (chunk := os.read(self.result, _PIPE_BYTES)):
                waiting_for = self.pidfd
            elif not too_large:
                data += chunk
                frame = last_frame(data, frame)
                if is_done(data, frame) and not out_of_time:
                    return Said(bytes(data), waits=True)
                too_large = len(data) > MAX_REPLY_BYTES
                if too_large:
                    self.kill()

    def kill(self) -> None:
        """End the child, whatever it does."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def close(self) -> None:
        """Give the descriptors back."""
        for fd in (self.pidfd, self.result, self.requests):
            os.close(fd)


def _is_ready(fd: int, event: int, within_s: float) -> bool:
    poller = select.poll()
    poller.register(fd, event)
    return bool(poller.poll(max(0, within_s * 1000)))
