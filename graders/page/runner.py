"""In the page: runs one submission with the code that shares a process with it, and knows no answer.

A worker of its own is started for each submission and ended after it. It is locked in by the browser: it has no files
but these, and the page's content security policy names the few addresses it may ask for anything.
"""

import gc
from collections.abc import Callable
from pathlib import Path

from inside.jobs import read_job, read_setup
from inside.preloading import preload_always, preload_named
from inside.protocol import CONFINED, OUT_OF_MEMORY, read_frame
from inside.running import run_job

_HERE = Path(__file__).parent

# As the fork server does it: what a submission finds loaded is the same in both.
preload_always()
_SETUP = read_setup((_HERE / "setup.frame").read_bytes())


def answer(frames: bytes, send: Callable[[bytes], object]) -> int:
    """Run a job, and then on the cases of each request; hand each frame of the reply over, and return a status."""
    rest = memoryview(frames)

    def read(count: int) -> bytes:
        nonlocal rest
        piece, rest = bytes(rest[:count]), rest[count:]
        return piece

    def end_reply(frame: bytes) -> bytes:
        send(frame)
        return read_frame(read) if rest else b""

    job = read_job(read_frame(read))
    preload_named(cell.source for cell in job.cells)
    gc.enable()
    # The browser's worker is the wall here; the frame is part of every reply.
    send(CONFINED)
    try:
        run_job(job, _SETUP, send, end_reply)
    except MemoryError:
        return int(OUT_OF_MEMORY)
    return 0
