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
from typing import Protocol

from graders.choices import Lang
from graders.escaping import clean_line


class Saying(Protocol):
    """What can be said in either language, as a message of the catalogue, which this module does not load."""

    def say(self, lang: Lang) -> str:
        """Return the sentence."""


class GraderError(Exception):
    """Somebody other than the student has to act.

    `text`: what is wrong; authors of exercises are told in English. `argument`: the argument of the API that the
    message is about (`name: …`), or whose value would help (`name='…'`).
    """

    def __init__(self, text: str | Saying, *, argument: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.argument = argument

    def in_options(self, lang: Lang = "en") -> str:
        """Return the message as the command line says it: what is an argument of the API is an option there."""
        said = self.said(lang)
        if self.argument is None:
            return said
        option = f"--{self.argument.replace('_', '-')}"
        # Both forms that messages have: `name: found …` at the start, `name='value'` as a remedy.
        spoken_of = rf"^{self.argument}(?=[:：])|\b{self.argument}='(\w+)'"
        return re.sub(spoken_of, lambda found: f"{option} {found[1]}" if found[1] else option, said)

    def said(self, lang: Lang) -> str:
        """Return the message as one visible line: it may repeat what the caller typed, or a name found on the disk."""
        return clean_line(self.text if isinstance(self.text, str) else self.text.say(lang), 2000)

    def __str__(self) -> str:
        """Return the message in English."""
        return self.said("en")


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
