"""What grading and diagnosis need of a sandbox; `sandbox.server` and `sandbox.spawning` are the two there are."""

from typing import Protocol

from graders.sandbox.reply import Execution


class Sandbox(Protocol):
    """Runs submissions, one after another."""

    isolation: str

    def prepare(self, setup: bytes, networks: int) -> None:
        """Hand over what all submissions share."""

    def run(self, job: bytes, *, networks: int | None = None, wall_s: float | None = None) -> Execution:
        """Run one submission, for `wall_s` at most if that is less than the exercise's limit."""

    def ask(self, job: bytes, request: bytes, *, networks: int, wall_s: float | None = None) -> Execution:
        """Run the submission of a job, which has been run, on the networks of a request."""

    def release(self) -> None:
        """Give back what a later `ask` about the last submission would need."""
