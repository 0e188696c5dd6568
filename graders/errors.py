"""What can go wrong that is not a student's mistake (those are values, see `outcome.py`).

    GraderError
    ├── UsageError          the caller named something unusable            exit status 2
    ├── ExerciseError       the exercise's author has to mend something    exit status 2
    └── SandboxError        the grader's or the machine's own fault        exit status 3
        ├── SandboxUnavailable   this machine cannot confine a submission
        └── ServerDied           the fork server ended or does not answer

Every message is one line: what, where, what to do.
"""

from graders.escaping import clean_line


class GraderError(Exception):
    """Somebody other than the student has to act."""

    def __str__(self) -> str:
        """Return the message as one visible line: it may repeat what the caller typed, or a name found on the disk."""
        return clean_line(super().__str__(), 2000)


class UsageError(GraderError):
    """The command or an input that the caller named is unusable."""


class ExerciseError(GraderError):
    """An exercise's files contradict themselves or each other."""


class SandboxError(GraderError):
    """A submission could not be run for a reason that is not its own."""


class SandboxUnavailable(SandboxError):
    """The machine does not offer the isolation that was asked for."""


class ServerDied(SandboxError):
    """The sandbox's server ended or does not answer."""
