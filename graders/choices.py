"""The words to choose from, in options and in calls; nothing heavy is imported, since options are read first of all."""

import os
from enum import StrEnum
from typing import Literal

Lang = Literal["en", "zh"]
Isolation = Literal["kernel", "process"]
AttemptChoice = Literal["first", "last", "best"]

FOLDER = "folder"
"""Says that a student's section is the first folder of the hand-in, and no column of the roster."""


class Feedback(StrEnum):
    """How much a report tells, each level with those before it."""

    SCORE = "score"
    STEPS = "steps"
    HINTS = "hints"
    COUNTEREXAMPLE = "counterexample"
    REPAIR = "repair"

    def includes(self, other: "Feedback") -> bool:
        """Tell whether this level shows what `other` shows."""
        order = list(Feedback)
        return order.index(self) >= order.index(other)


def locale_lang() -> Lang:
    """Return the language of the user's locale."""
    # in the order in which the C library asks them
    words = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((word for word in words if word), "").startswith("zh") else "en"
