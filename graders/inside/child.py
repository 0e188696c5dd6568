"""One child of the fork server: it locks itself in, runs a submission, and replies until nobody asks any more."""

import os
import traceback
from typing import NoReturn

from .confinement import REQUEST_FD, RESULT_FD, Walls, confine, write_failure
from .limiting import address_space_bytes
from .preloading import preload_named
from .protocol import CONFINED, DONE, encode, read_frame, write_all
from .running import Setup, read_job, run

_read = os.read  # a submission may replace that of `os`


def live(setup: Setup, walls: Walls, server_pid: int, space: int, result_fd: int, request_fd: int) -> NoReturn:
    """Take a job from one pipe, and write to the other; `space`: bytes of address space inherited from the server."""
    try:
        job = read_job(read_frame(lambda size: _read(request_fd, size)))
        if preload_named(cell.source for cell in job.cells):
            space = address_space_bytes()
        space += setup.memory_bytes
        confine(walls, result_fd, request_fd, server_pid, cpu_s=setup.cpu_s, address_space=space)
    except BaseException:  # noqa: BLE001 - fail closed: a child that is not locked in runs nothing
        write_failure(result_fd, encode({"kind": "failed", "traceback": traceback.format_exc()[-2000:]}))
        os._exit(1)
    try:
        _send(CONFINED)
        run(job, setup, _send, _end_reply)
    finally:
        os._exit(0)


def _send(frame: bytes) -> None:
    write_all(RESULT_FD, frame)


def _end_reply(frame: bytes) -> bytes:
    """Write the last frame of a reply, and return what is asked next; nothing where nobody asks any more."""
    write_all(RESULT_FD, frame + DONE)
    return read_frame(lambda size: _read(REQUEST_FD, size))
