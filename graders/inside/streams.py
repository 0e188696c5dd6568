"""What a script prints to and reads from, the same before every run: nobody is at the keyboard, and little is kept."""

import builtins
import io
import sys
from contextlib import suppress
from typing import Any

from .faults import OutputLimitExceeded
from .protocol import PRINTED_TIMES

_PRINT = builtins.print
_MOST_ANSWERS = 100
"""So often an empty line answers `input()` in one run; a loop that goes on asking then meets the end of the file."""


_NONE_YET = None, None, None


class Captured(io.RawIOBase):
    """A binary stream that keeps the beginning of what is written, and raises far beyond that.

    Without a limit it does neither.
    """

    def __init__(self, max_bytes: int | None, number: int) -> None:
        self.max_bytes = max_bytes
        self._number = number
        self._size = 0
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Say that this is a stream for output."""
        return True

    def fileno(self) -> int:
        """Return the descriptor it would have; it is the null device."""
        return self._number

    def write(self, piece: Any) -> int:
        """Keep a piece of output."""
        size = len(piece)
        if self.max_bytes is not None:
            if self._size < self.max_bytes:
                self._pieces.append(bytes(piece[: self.max_bytes - self._size]))
            self._size += size
            if self._size > PRINTED_TIMES * self.max_bytes:
                raise OutputLimitExceeded(f"more than {PRINTED_TIMES * self.max_bytes} bytes of output")
        return size

    def text(self, max_characters: int) -> str:
        """Return the beginning of what was written."""
        return b"".join(self._pieces).decode("utf-8", "replace")[:max_characters]


class Streams:
    """The standard streams, and the functions that use them."""

    def __init__(self) -> None:
        self.captured: Captured | None = None
        self._standard: tuple[Any, Any, Any] = _NONE_YET
        self._print: Any = _PRINT
        self._max_bytes: int | None = None
        self._answers = 0

    def capture(self, max_bytes: int) -> None:
        """Let the submission print, up to a limit."""
        self._standard, self._print, self._max_bytes = _NONE_YET, _PRINT, max_bytes

    def silence(self) -> None:
        """Make printing cost next to nothing."""
        self._print, self._max_bytes = _silent, None
        if self.captured is not None:
            self.captured.max_bytes = None  # the stream itself is kept: making one costs more than a small script

    def renew(self) -> None:
        """Put fresh streams where a run has replaced, wrapped, detached or closed one."""
        out, error, keyboard = self._standard
        try:
            intact = sys.stdout is out and sys.stderr is error and sys.stdin is keyboard
            intact = intact and not (out.closed or error.closed or keyboard.closed)
        except (AttributeError, ValueError):  # a script set one to None before any was made; or detached one
            intact = False
        # Streams that are intact are kept: making three anew costs more than a small script.
        if not intact:
            self.captured = Captured(self._max_bytes, 1)
            sys.stdout = io.TextIOWrapper(self.captured, "utf-8", "backslashreplace", write_through=True)
            sys.stderr = io.TextIOWrapper(Captured(None, 2), "utf-8", "backslashreplace")
            sys.stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
            self._standard = sys.stdout, sys.stderr, sys.stdin
        # Set without a look: that costs less than finding out whether a run has replaced them.
        builtins.print = self._print
        builtins.input = self._answer
        self._answers = 0

    def text(self, max_characters: int) -> str:
        """Return the beginning of what the last run printed."""
        return self.captured.text(max_characters) if self.captured is not None else ""

    def flush(self) -> None:
        """Let what a stream of the student's own still holds be written; without a limit nothing is kept of it."""
        if self._max_bytes is None or sys.stdout is self._standard[0]:
            return
        with suppress(Exception):  # it may have been closed, or raise whatever it likes
            sys.stdout.flush()

    def _answer(self, prompt: object = "") -> str:
        """Answer `input()` with an empty line."""
        # With the print of the run, so that the prompt is captured or silenced as all else.
        self._print(prompt, end="")
        self._answers += 1
        if self._answers > _MOST_ANSWERS:
            raise EOFError("input() has nobody to ask in the grader")
        return ""


def _silent(*_: Any, **__: Any) -> None:
    """Do nothing, in place of `print`."""
