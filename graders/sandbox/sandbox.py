"""What the rest of the package knows of a sandbox."""

from typing import Protocol, Self

from graders.sandbox.reply import Execution


class Sandbox(Protocol):
    """Runs submissions; `server` and `spawning` are the two there are. Use as a context manager."""

    isolation: str

    def prepare(self, setup: bytes, cases: int) -> None:
        """Hand over what all submissions share; `cases` counts the fixed example too."""

    def run(self, job: bytes, *, cases: int | None = None, wall_s: float | None = None) -> Execution:
        """Run one submission, for `wall_s` at most if that is less than the exercise's limit."""

    def ask(self, job: bytes, request: bytes, *, cases: int, wall_s: float | None = None) -> Execution:
        """Run the submission of a job, which has been run, on the cases of a request."""

    def release(self) -> None:
        """Give back what a later `ask` about the last submission would need."""

    def close(self) -> None:
        """End everything that still runs."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
