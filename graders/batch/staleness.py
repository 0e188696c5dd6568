"""What makes a row of an earlier run stale: another hand-in, other terms. Whether its report is there: `journal.py`."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import UNSET, UnsetType

from graders.batch.graded import sha256_of_remarks
from graders.batch.rows import Row
from graders.intake.entry import Entry
from graders.messages import Message, message
from graders.outcome import Kind, Submitted
from graders.reports.making import submitted
from graders.session import AnyMaterials, Terms
from graders.submission import Submission
from graders.version import VERSION

Conditions = Mapping[str, str]
"""The terms of a run, by name."""

# An exercise's sum changes with each comma in it; this one only with what decides whether an answer is right.
_EXERCISE, _RULES = "exercise", "rules"


class JournalLine(Row):
    """A row as it stands in the journal; what most hand-ins do not have is left out."""

    remarks_sha256: str | UnsetType = UNSET


class Known(NamedTuple):
    """What is known about a hand-in before it is graded. A row with anything else in it is stale."""

    key: str
    file: str
    student: str | None
    name: str | None
    attempt: int | str | None
    late: bool
    code: str | None
    remarks_sha256: str | UnsetType

    @classmethod
    def about(cls, entry: Entry, read: Submitted, remarks_sha256: str | None) -> "Known":
        """Return what is known of an entry, and of its file as it was read."""
        return cls(
            key=entry.key,
            file=read.file,
            student=entry.student,
            name=entry.name,
            attempt=entry.attempt,
            late=entry.late,
            code=read.sha256,
            remarks_sha256=UNSET if remarks_sha256 is None else remarks_sha256,
        )


def still_says(line: JournalLine, entry: Entry, submission: Submission) -> bool:
    """Tell whether a row says what is known now. What was not graded never does: it is tried again."""
    if not line.is_graded:
        return False
    known = Known.about(entry, submitted(submission), sha256_of_remarks(submission))
    return all(getattr(line, name) == value for name, value in known._asdict().items())


def conditions_of(materials: AnyMaterials, terms: Terms) -> dict[str, str]:
    """Return what must be the same for the reports of an earlier run to hold."""
    return {
        "grader": VERSION,
        "exercise": materials.exercise.sha256,
        "rules": materials.exercise.rules_sha256,
        "bank": materials.bank.sha256,
        "isolation": terms.isolation or "kernel",  # what not naming it means: a class never falls back
        "feedback": str(terms.feedback),
        "language": terms.lang,
    }


def differing_terms(then: Conditions, now: Conditions) -> list[Message]:
    """Say in what the terms of an earlier run differ."""
    # Other rules are another exercise, too, and that is said once.
    return [message(f"restart.{name}") for name, value in now.items() if name != _RULES and then.get(name) != value]


def is_on_same_terms(then: Conditions, now: Conditions) -> bool:
    """Tell whether an earlier run has graded as this one does; final grades may still differ."""
    return all(then.get(name) == value for name, value in now.items())


def outlives_correction(line: JournalLine, then: Conditions, now: Conditions) -> bool:
    """Tell whether grading again would give a graded row once more, though the exercise was corrected meanwhile.

    Where only the title or the misconceptions are other ones, it would: misconceptions explain a step that is wrong,
    and whoever has none gets the same verdict with others. Anything else may change every row.
    """
    if is_on_same_terms(then, now):
        return True
    same_but_texts = all(then.get(name) == value for name, value in now.items() if name != _EXERCISE)
    return same_but_texts and not line.wrong_steps and line.verdict.kind is not Kind.WRONG
