"""Coroutines in a process without sockets: an event loop that waits for nobody, and what a notebook awaits by itself.

The usual loop waits for files and sockets, of which a confined process has none, and asks the kernel for a descriptor
to do so. Here only time can be waited for, and nobody waits for that either: the clock goes on at once.
"""

import selectors
import sys
import time
from collections.abc import Coroutine
from types import ModuleType
from typing import Any


class _TimeSelector(selectors.SelectSelector):
    """Takes note of what is to be waited for, and waits for the time alone."""

    def select(self, timeout: float | None = None) -> list[Any]:
        """Let the time pass. Raises RuntimeError where nothing would ever happen."""
        if timeout is None:
            raise RuntimeError("the event loop waits for something that never happens")
        time.sleep(max(0.0, timeout))  # nobody sleeps here: see `surroundings.py`
        return []


def wait_for_time_only(asyncio: ModuleType) -> None:
    """Change every kind of event loop that is built on a selector."""
    loop: Any = asyncio.selector_events.BaseSelectorEventLoop
    initialise = loop.__init__

    def without_descriptors(self: Any, selector: Any = None) -> None:
        initialise(self, selector or _TimeSelector())

    loop.__init__ = without_descriptors
    # A thread wakes the loop through a pair of sockets; threads run at once here, and the loop never sleeps.
    for method in ("_make_self_pipe", "_close_self_pipe", "_write_to_self"):
        setattr(loop, method, lambda _: None)
    _allow_nesting(asyncio)


def _allow_nesting(asyncio: Any) -> None:
    """Let a coroutine be run within a loop that runs, as `nest_asyncio` does in a notebook: in a loop of its own."""
    run, run_until_complete = asyncio.run, asyncio.BaseEventLoop.run_until_complete

    def run_nested(main: Any, **keywords: Any) -> Any:
        outer = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return run(main, **keywords)
        finally:
            asyncio._set_running_loop(outer)

    def run_here(self: Any, future: Any) -> Any:
        # What waits in the loop itself, a task of it, cannot be run by another one.
        nested = self.is_running() and asyncio.iscoroutine(future)
        return run_nested(future) if nested else run_until_complete(self, future)

    asyncio.run, asyncio.BaseEventLoop.run_until_complete = run_nested, run_here


class Awaiting:
    """Runs the coroutine that a notebook's cell is where it awaits something at its top level."""

    def __init__(self) -> None:
        self._loop: Any = None

    def renew(self) -> None:
        """Forget the loop of an earlier run, with all that waits in it."""
        self._loop = None

    def finish(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Run a coroutine to its end: all cells of a run in one loop, as in a notebook."""
        asyncio = sys.modules.get("asyncio")
        if asyncio is not None:
            self._loop = self._loop or asyncio.new_event_loop()
            self._loop.run_until_complete(coroutine)
            return
        # Without a loop there is nothing that a coroutine could wait for.
        try:
            coroutine.send(None)
        except StopIteration:
            return
        coroutine.close()
        raise RuntimeError("no running event loop")


AWAITING = Awaiting()
"""What the cells of this process's submission await."""
