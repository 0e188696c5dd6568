"""One job in this very process, for systems without fork, seccomp or Landlock: frames in on stdin, out on stdout.

In: setup, job, and what is asked next.

Nothing is confined here but by the limits the system has; the level is called `process` in every report.
"""

import gc
import io
import os
import sys
from typing import NoReturn

from .jobs import read_setup
from .lifetime import Channel, live
from .limiting import RESERVE, address_space_bytes, limit_resources
from .preloading import preload_always, preload_own
from .protocol import read_frame
from .surroundings import USER


def run_once() -> NoReturn:
    """Read setup and job, run, reply, and leave without finalizers."""
    os.environ.setdefault("USER", USER)
    preload_always()
    preload_own()  # while nothing of a submission's can be in the way
    RESERVE.take()
    gc.enable()
    # All of it before anything runs, so that nothing is left on stdin for a submission to read.
    frames = io.BytesIO(sys.stdin.buffer.read())
    setup = read_setup(read_frame(frames.read))
    # Frames go out through a descriptor of our own: what a submission prints goes to the null device.
    result = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)

    def send(frame: bytes) -> None:
        result.write(frame)
        result.flush()

    channel = Channel(
        read=lambda: read_frame(frames.read),
        send=send,
        end_reply=send,
        lock_in=lambda address_space: limit_resources(cpu_s=setup.cpu_s, address_space=address_space),
        send_failure=send,
    )
    live(setup, channel, address_space_bytes())
