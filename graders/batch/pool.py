"""Several sandboxes on this machine: each is in the hands of a thread, which mostly waits for it.

Items are handed out by whoever asks for the results, a few per thread ahead: no thread ever waits for a consumer that
has stopped, and however many items there are, only these few are held.
"""

import itertools
import os
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, suppress
from itertools import chain, islice
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, NamedTuple, Self, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

OpenWorker = Callable[[ExitStack], Callable[[_Task], _Result]]
"""Opens what works on one item after the other, in a thread of its own; the stack closes it."""

# So many items per thread are begun before the first of them is asked for.
_AHEAD = 4


class _Raised(NamedTuple):
    """What a thread says last if it cannot go on."""

    error: BaseException


def default_jobs() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def work_through(
    items: Iterable[_Task], open_worker: OpenWorker[_Task, _Result], jobs: int, *, in_order: bool = False
) -> Generator[tuple[_Task, _Result], None, None]:
    """Yield each item with its result, as they are done, or in the items' order. Raises what a thread raises.

    After the last result everything that was opened is closed. A consumer that stops earlier, or is interrupted, does
    not wait for that: each thread finishes its item, closes what it has opened and ends.
    """
    source = iter(items)
    first = list(islice(source, jobs))  # no more threads, and sandboxes, than items
    with _Threads(open_worker, len(first), in_order=in_order) as threads:
        for item in chain(first, source):
            threads.begin(item)
            if len(threads.begun) >= _AHEAD * jobs:
                yield threads.next_result()
        while threads.begun:
            yield threads.next_result()


class _Threads(Generic[_Task, _Result]):
    """Threads, what they have begun (by its number, in order), and what of it is finished."""

    def __init__(self, open_worker: OpenWorker[_Task, _Result], count: int, *, in_order: bool) -> None:
        self.begun: dict[int, _Task] = {}
        self._finished: dict[int, _Result] = {}
        self._numbers = itertools.count()
        self._in_order = in_order
        self._todo: SimpleQueue[tuple[int, _Task] | None] = SimpleQueue()
        self._done: SimpleQueue[tuple[int, _Result] | _Raised] = SimpleQueue()
        arguments = (open_worker, self._todo, self._done)
        # Daemons: at its end Python waits for all others, so an interrupted run would still finish what it is at.
        self._threads = [threading.Thread(target=_work, args=arguments, daemon=True) for _ in range(count)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # An error, or a consumer that has stopped: whatever has not begun is dropped.
        if kind is not None:
            with suppress(Empty):  # nobody asks for these any more
                while True:
                    self._todo.get_nowait()
        for _ in self._threads:
            self._todo.put(None)
        # Only a run that went well is waited for; after Ctrl-C nobody waits for a sandbox.
        for thread in self._threads if kind is None else ():
            thread.join()

    def begin(self, item: _Task) -> None:
        """Hand out an item."""
        number = next(self._numbers)
        self.begun[number] = item
        self._todo.put((number, item))

    def next_result(self) -> tuple[_Task, _Result]:
        """Wait for an item that is done: whichever is first, or, in order, the one that was begun first."""
        wanted = next(iter(self.begun)) if self._in_order else None
        while not self._finished or (wanted is not None and wanted not in self._finished):
            said = self._done.get()
            if isinstance(said, _Raised):
                raise said.error
            number, result = said
            self._finished[number] = result
        # Dictionaries keep their order: the first key is the first that was finished.
        number = next(iter(self._finished)) if wanted is None else wanted
        return self.begun.pop(number), self._finished.pop(number)


def _work(
    open_worker: OpenWorker[_Task, _Result],
    todo: SimpleQueue[tuple[int, _Task] | None],
    done: SimpleQueue[tuple[int, _Result] | _Raised],
) -> None:
    try:
        with ExitStack() as stack:
            work = open_worker(stack)
            while (task := todo.get()) is not None:
                number, item = task
                done.put((number, work(item)))
    except BaseException as error:  # noqa: BLE001 - raised again by the thread that asks for results
        done.put(_Raised(error))
