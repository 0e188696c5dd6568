"""The life of a process that runs one submission, the same at both levels: it locks itself in, runs, and is gone."""

import os
import traceback
from collections.abc import Callable
from typing import NamedTuple, NoReturn

from .jobs import Setup, read_job
from .limiting import address_space_bytes
from .preloading import preload_named
from .protocol import CONFINED, OUT_OF_MEMORY, encode
from .running import run_job

_exit = os._exit  # a submission may replace that of `os`


class Channel(NamedTuple):
    """How this process is spoken to, and locked in.

    `read` returns the next frame, nothing at the end; `send` writes a frame that more follow, `end_reply` the last one
    of a reply. `lock_in` takes the bytes of address space the process may have; `send_failure` works whether or not
    it got through.
    """

    read: Callable[[], bytes]
    send: Callable[[bytes], object]
    end_reply: Callable[[bytes], object]
    lock_in: Callable[[int], object]
    send_failure: Callable[[bytes], object]


def live(setup: Setup, channel: Channel, space: int) -> NoReturn:
    """Run the job that is read first, and answer what is read after it.

    `space`: bytes of address space in use, the reserve included.
    """
    try:
        job = read_job(channel.read())
        sources = [*(cell.source for cell in job.cells), *job.modules.values(), setup.beyond.preloads]
        if preload_named(sources):
            space = address_space_bytes()
        channel.lock_in(space + setup.memory_bytes)
    except BaseException:  # noqa: BLE001 - fail closed: a process that is not locked in runs nothing
        channel.send_failure(encode({"kind": "failed", "traceback": traceback.format_exc()[-2000:]}))
        _exit(1)

    def end_reply(frame: bytes) -> bytes:
        channel.end_reply(frame)
        return channel.read()

    try:
        channel.send(CONFINED)
        run_job(job, setup, channel.send, end_reply)
    except MemoryError:  # nothing is left to say it with but the exit status
        _exit(OUT_OF_MEMORY)
    finally:
        _exit(0)
