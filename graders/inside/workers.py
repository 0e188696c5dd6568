"""Pools and processes of a script's own, where the walls allow no other process: they do their work at once.

Loaded only beside `multiprocessing`, which few scripts import.
"""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext, suppress
from types import ModuleType, SimpleNamespace
from typing import Any


class _Finished:
    """What was done for `apply_async` and the like."""

    def __init__(self, done: Callable[[], Any], callback: Any = None, error_callback: Any = None) -> None:
        self._error: Exception | None = None
        try:
            self._value = done()
        except Exception as error:  # noqa: BLE001 - it is raised where the value is asked for
            self._error = error
        said = callback if self._error is None else error_callback
        if said is not None:
            said(self._value if self._error is None else self._error)

    def get(self, timeout: float | None = None) -> Any:
        """Return the value, or raise what was raised."""
        if self._error is not None:
            raise self._error
        return self._value

    def wait(self, timeout: float | None = None) -> None:
        """Wait for nothing."""

    def ready(self) -> bool:
        """Tell that it is done."""
        return True

    def successful(self) -> bool:
        """Tell whether nothing was raised."""
        return self._error is None


class _Pool:
    """A pool of workers that does everything at once, in this process."""

    def __init__(
        self, processes: Any = None, initializer: Any = None, initargs: Iterable[Any] = (), *_: Any, **__: Any
    ) -> None:
        if initializer is not None:
            initializer(*initargs)

    def apply(self, func: Callable[..., Any], args: Iterable[Any] = (), kwds: Mapping[str, Any] = {}) -> Any:
        """Call the function."""
        return func(*args, **kwds)

    def map(self, func: Callable[..., Any], iterable: Iterable[Any], chunksize: Any = None) -> list[Any]:
        """Call the function on each."""
        return [func(each) for each in iterable]

    def starmap(self, func: Callable[..., Any], iterable: Iterable[Any], chunksize: Any = None) -> list[Any]:
        """Call the function with each as its arguments."""
        return [func(*each) for each in iterable]

    def imap(self, func: Callable[..., Any], iterable: Iterable[Any], chunksize: Any = 1) -> Iterator[Any]:
        """Call the function on each."""
        return iter(self.map(func, iterable))

    imap_unordered = imap

    def apply_async(
        self, func: Any, args: Iterable[Any] = (), kwds: Mapping[str, Any] = {}, *callbacks: Any, **named: Any
    ) -> _Finished:
        """Call the function."""
        return _Finished(lambda: func(*args, **kwds), *callbacks, **named)

    def map_async(self, func: Any, iterable: Any, chunksize: Any = None, *callbacks: Any, **named: Any) -> _Finished:
        """Call the function on each."""
        return _Finished(lambda: self.map(func, iterable), *callbacks, **named)

    def starmap_async(
        self, func: Any, iterable: Any, chunksize: Any = None, *callbacks: Any, **named: Any
    ) -> _Finished:
        """Call the function with each as its arguments."""
        return _Finished(lambda: self.starmap(func, iterable), *callbacks, **named)

    def close(self) -> None:
        """End nothing."""

    join = terminate = close

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        """Let an exception go on."""


def serial_pools(module: ModuleType) -> None:
    """Let pools of workers do everything at once."""
    for name in ("Pool", "ThreadPool"):
        if hasattr(module, name):
            setattr(module, name, _Pool)


class _Process:
    """A process of the script's own, which runs to its end in `start`."""

    pid, daemon = 1, False

    def __init__(
        self, group: None = None, target: Any = None, name: Any = None, args: Any = (), kwargs: Any = None, **_: Any
    ) -> None:
        self.name = name or "Process-1"
        self.exitcode: int | None = None
        self._target, self._arguments, self._keywords = target, args, kwargs or {}

    def run(self) -> None:
        """Do what it was made for."""
        if self._target is not None:
            self._target(*self._arguments, **self._keywords)

    def start(self) -> None:
        """Run it."""
        self.exitcode = 1
        with suppress(Exception):  # as in a process of its own, where it would only be printed
            self.run()
            self.exitcode = 0

    def join(self, timeout: float | None = None) -> None:
        """Wait for nothing."""

    terminate = kill = close = join

    def is_alive(self) -> bool:
        """Tell that it has ended."""
        return False


class _Shared:
    """A value that processes share."""

    def __init__(self, _: Any, value: Any = 0, *__: Any, **___: Any) -> None:
        self.value = value

    def get_lock(self) -> Any:
        """Return what nobody waits for."""
        return nullcontext()


class _Manager(SimpleNamespace):
    """Makes what processes share, which is all in this one."""

    list, dict, Namespace, Value, Queue = list, dict, SimpleNamespace, _Shared, queue.Queue

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        """Let an exception go on."""


def processes_at_once(multiprocessing: ModuleType) -> None:
    """Let processes of the script's own run where they are started, and share what they are given."""
    module: Any = multiprocessing
    module.Process, module.Pool, module.Value, module.Manager = _Process, _Pool, _Shared, _Manager
    module.Array = lambda _, given, **__: [0] * given if isinstance(given, int) else list(given)
    module.Queue = module.JoinableQueue = module.SimpleQueue = queue.Queue
    for name in ("Lock", "RLock", "Event", "Condition", "Semaphore", "BoundedSemaphore"):
        setattr(module, name, getattr(threading, name))
    module.get_context = lambda *_: module
    module.set_start_method = module.freeze_support = lambda *_, **__: None
