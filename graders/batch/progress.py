"""Who is told how a class run gets on."""

from typing import Protocol

from graders.outcome import Row


class Progress(Protocol):
    """Is told how a class run gets on."""

    def start(self, taken_over: int) -> None:
        """Hear how many rows are taken over from an earlier run."""

    def wait(self) -> None:
        """Hear that there is nobody yet who could grade."""

    def add(self, row: Row) -> None:
        """Hear of a new row."""


class Unseen:
    """The progress of a run that nobody watches."""

    def start(self, taken_over: int) -> None:
        """Say nothing."""

    def wait(self) -> None:
        """Say nothing."""

    def add(self, row: Row) -> None:
        """Say nothing."""
