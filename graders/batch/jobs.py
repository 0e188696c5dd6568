"""Grade on this machine, several submissions at a time.

Each job is a thread with a sandbox server of its own: submissions run in the servers' children, so the threads mostly
wait.
"""

import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from graders.batch.graded import Graded, Reporter
from graders.grading import Grader
from graders.intake import Entry, Wanted, read_entry

OpenGrader = Callable[[ExitStack], Grader]
"""Opens a grader with a sandbox of its own, to be closed by the stack."""

_Done = tuple[Entry, Graded]


def default_jobs() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def grade_in_jobs(
    entries: Sequence[Entry], open_grader: OpenGrader, reporter: Reporter, *, jobs: int, wanted: Wanted
) -> Iterator[_Done]:
    """Yield entries as the jobs finish them. Raises what opening a grader raises."""
    waiting = iter(entries)
    done: queue.Queue[_Done | BaseException | None] = queue.Queue(maxsize=64)
    lock = threading.Lock()

    def work() -> None:
        try:
            with ExitStack() as stack:
                grader = open_grader(stack)
                while True:
                    with lock:
                        entry = next(waiting, None)
                    if entry is None:
                        break
                    done.put((entry, reporter.graded(grader, read_entry(entry, wanted))))
        except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that waits
            done.put(error)
        done.put(None)

    running = max(1, min(jobs, len(entries)))
    for _ in range(running):  # daemons: an interrupted run does not wait for them
        threading.Thread(target=work, daemon=True).start()
    while running:
        item = done.get()
        if isinstance(item, BaseException):
            raise item
        if item is None:
            running -= 1
        else:
            yield item
