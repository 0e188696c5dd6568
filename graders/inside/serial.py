"""Threads and programs of a submission, where the walls allow neither: threads run at once, programs are not found."""

import io
import time
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

NO_PROGRAM = 127  # Source: POSIX, the exit status of a shell for a command that is not found

_ran_here = "_grader_ran_here"


def run_at_once(threading: ModuleType) -> None:
    """Let a thread that cannot be started run to its end in `start`; one that waits for others waits for ever."""
    thread: Any = threading.Thread
    start, join, is_alive = thread.start, thread.join, thread.is_alive

    def start_or_run(self: Any) -> None:
        try:
            start(self)
        except RuntimeError as error:
            if "start new thread" not in str(error):
                raise
            setattr(self, _ran_here, True)  # so that `join` and `is_alive` know
            with suppress(Exception):  # as in a thread of its own, where it would only be printed
                self.run()

    def join_if_started(self: Any, timeout: float | None = None) -> None:
        if not getattr(self, _ran_here, False):
            join(self, timeout)

    def wait_for_nobody(self: Any, timeout: float | None = None) -> bool:
        """Let the time go by at once: whoever might give notice has run to the end already."""
        if timeout is None:
            return bool(wait(self))
        time.sleep(max(0.0, timeout))
        return False

    wait, threading.Condition.wait = threading.Condition.wait, wait_for_nobody
    thread.start, thread.join = start_or_run, join_if_started
    thread.is_alive = lambda self: not getattr(self, _ran_here, False) and is_alive(self)


def serial_executor(name: str) -> Callable[[ModuleType], None]:
    """Return what makes an executor of `concurrent.futures` do its work when it is given."""

    def change(module: ModuleType) -> None:
        futures = module._base

        class Executor(futures.Executor):  # type: ignore[misc, name-defined]
            """Does everything at once."""

            def __init__(self, *_: Any, **__: Any) -> None:
                """Take any number of workers."""

            def submit(self, function: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Any:
                """Call the function now."""
                future = futures.Future()
                try:
                    future.set_result(function(*arguments, **keywords))
                except Exception as error:  # noqa: BLE001 - it is the future's
                    future.set_exception(error)
                return future

            def map(self, function: Any, *iterables: Any, **_: Any) -> Any:
                """Call the function on each, now."""
                return iter([function(*each) for each in zip(*iterables)])  # noqa: B905 - as `map` does

        Executor.__name__ = Executor.__qualname__ = name
        setattr(module, name, Executor)

    return change


def unstarted_program(subprocess: ModuleType) -> None:
    """Let every program that cannot be started end at once, and say so by its status."""
    real: Any = subprocess.Popen

    class Popen(real):  # type: ignore[misc]
        """A program that the walls may not let start."""

        def __init__(self, args: Any, *arguments: Any, **keywords: Any) -> None:
            try:
                super().__init__(args, *arguments, **keywords)
            except PermissionError:
                is_text = any(keywords.get(word) for word in ("text", "universal_newlines", "encoding", "errors"))
                self.args, self.returncode, self.pid = args, NO_PROGRAM, 0
                for stream in ("stdin", "stdout", "stderr"):
                    piped = keywords.get(stream) == subprocess.PIPE
                    setattr(self, stream, (io.StringIO() if is_text else io.BytesIO()) if piped else None)

        def communicate(self, input: Any = None, timeout: float | None = None) -> Any:
            """Return what it printed."""
            if self.pid:
                return super().communicate(input, timeout)
            return tuple(stream and stream.read() for stream in (self.stdout, self.stderr))

        def poll(self) -> Any:
            """Return the status."""
            return super().poll() if self.pid else self.returncode

        def wait(self, timeout: float | None = None) -> Any:
            """Return the status."""
            return super().wait(timeout) if self.pid else self.returncode

    subprocess.Popen = Popen  # type: ignore[attr-defined]
