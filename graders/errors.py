"""What can go wrong that is not a student's mistake (those are values, see `outcome.py`).

    GraderError
    ├── UsageError          the caller named something unusable            exit status 2
    ├── ExerciseError       the exercise's author has to mend something    exit status 2
    └── SandboxError        the grader's or the machine's own fault        exit status 3
        ├── SandboxUnavailable   this machine cannot confine a submission
        └── ServerDied           the fork server ended or does not answer

Every message is one line: what, where, what to do.
"""

import re

from graders.escaping import clean_line


class GraderError(Exception):
    """Somebody other than the student has to act.

    `argument`: the argument of the API that the message is about (`name: …`), or whose value would help (`name='…'`).
    """

    def __init__(self, text: str, *, argument: str | None = None) -> None:
        super().__init__(text)
        self.argument = argument

    def in_options(self) -> str:
        """Return the message as the command line says it: what is an argument of the API is an option there."""
        if self.argument is None:
            return str(self)
        option = f"--{self.argument.replace('_', '-')}"
        spoken_of = rf"^{self.argument}(?=:)|\b{self.argument}='(\w+)'"
        return re.sub(spoken_of, lambda found: f"{option} {found[1]}" if found[1] else option, str(self))

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
