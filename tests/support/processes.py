"""Look at processes from outside: who is whose child, who is locked in, who has ended."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graders.inside.confinement import REQUEST_FD


def children_of(parent: int) -> list[int]:
    """Return the processes whose parent this is. Source: proc(5), stat."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                state, its_parent = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[:2]
                if state != "Z" and int(its_parent) == parent:
                    found.append(int(folder.name))
    return found


def is_locked_in(process: int) -> bool:
    """Tell whether a process has a seccomp filter, the last of the walls. Source: proc(5), status."""
    with suppress(OSError):
        return "\nSeccomp:\t2" in Path(f"/proc/{process}/status").read_text(errors="replace")
    return False


def wait_for(look: Callable[[], list[int]]) -> list[int]:
    """Look until there is something to see."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.002)
    raise AssertionError("waited 30 s for nothing")


def ends(process: int, *, within_s: float) -> bool:
    """Tell whether a process ends within this time; a zombie has ended."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            stat = Path(f"/proc/{process}/stat").read_text(errors="replace")
        except OSError:
            return True
        if stat.rpartition(")")[2].split()[0] in "ZX":
            return True
        time.sleep(0.005)
    return False


@contextmanager
def watching(server: int, act: Callable[[int, list[int]], None]) -> Iterator[None]:
    """Do something once the server has a child that is locked in."""

    def watch() -> None:
        act(server, wait_for(lambda: [child for child in children_of(server) if is_locked_in(child)]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield
    watcher.join()


def runs_a_submission(process: int) -> bool:
    """Tell a process that runs a submission from one that runs the self-test, which nobody can send a request to."""
    with suppress(OSError):
        return is_locked_in(process) and os.readlink(f"/proc/{process}/fd/{REQUEST_FD}").startswith("pipe:")
    return False
