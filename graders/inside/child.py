"""One child of the fork server: two pipes, and all walls."""

import os
from typing import NoReturn

from .confinement import REQUEST_FD, RESULT_FD, Walls, confine, write_failure
from .jobs import Setup
from .lifetime import Channel, live
from .protocol import DONE, read_frame, write_all

_os_read = os.read  # a submission may replace that of `os`


def live_confined(setup: Setup, walls: Walls, server_pid: int, space: int, result_fd: int, request_fd: int) -> NoReturn:
    """Take a job from one pipe, and write to the other; `space`: bytes of address space inherited from the server."""
    reading_fd = request_fd

    def lock_in(address_space: int) -> None:
        nonlocal reading_fd
        confine(walls, result_fd, request_fd, server_pid, cpu_s=setup.cpu_s, address_space=address_space)
        reading_fd = REQUEST_FD

    channel = Channel(
        read=lambda: read_frame(lambda size: _os_read(reading_fd, size)),
        send=lambda frame: write_all(RESULT_FD, frame),
        end_reply=lambda frame: write_all(RESULT_FD, frame + DONE),
        lock_in=lock_in,
        send_failure=lambda frame: write_failure(result_fd, frame),
    )
    live(setup, channel, space)
