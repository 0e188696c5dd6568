"""One job in this very process, for systems without fork, seccomp or Landlock: frames in on stdin, out on stdout.

In: setup, job, and what is asked next.

Nothing is confined here but by the limits the system has; the level is called `process` in every report.
"""

import gc
import io
import os
import sys

from .limiting import address_space_bytes, limit_resources
from .preloading import preload_always, preload_named
from .protocol import CONFINED, encode, read_frame
from .running import read_job, read_setup, run


def run_once() -> None:
    """Read setup and job, run, reply, and leave without finalizers."""
    preload_always()
    gc.enable()
    frames = io.BytesIO(sys.stdin.buffer.read())
    setup, job = read_setup(read_frame(frames.read)), read_job(read_frame(frames.read))
    preload_named(cell.source for cell in job.cells)
    result = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)

    def send(frame: bytes) -> None:
        result.write(frame)
        result.flush()

    def end_reply(frame: bytes) -> bytes:
        send(frame)
        return read_frame(frames.read)

    try:
        limit_resources(cpu_s=setup.cpu_s, address_space=address_space_bytes() + setup.memory_bytes)
    except OSError as error:
        send(encode({"kind": "failed", "traceback": str(error)}))
        os._exit(1)
    try:
        send(CONFINED)
        run(job, setup, send, end_reply)
    finally:
        os._exit(0)
