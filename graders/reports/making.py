"""From checks to a report: what all reports of a run share, and as much of the diagnosis as the level discloses."""

import platform
import traceback
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from graders.escaping import clean_block, clean_line
from graders.exercise.asked import Exercise, total_points
from graders.exercise.bank import Bank
from graders.judging.findings import Diagnosis
from graders.messages import Lang, Message, say
from graders.outcome import (
    Check,
    Fault,
    Feedback,
    Grading,
    On,
    Report,
    Score,
    Submitted,
    Verdict,
    first_in_precedence,
)
from graders.records import Record
from graders.reports.disclosing import disclosed
from graders.submission import Submission
from graders.version import VERSION

SCHEMA = 2

# A class may be called anything, and so may a file: bounds as they fit into a line of the report.
_LONGEST_BY_FIELD = {"type": 60, "actual": 60, "file": 300, "student": 300, "before": 300, "after": 300}
# Characters of a text, by the name of its field; of all others.
_LONGEST_TEXT = 2000

_Cleaned = TypeVar("_Cleaned", bound=Record)


class ReportMaker:
    """Makes the reports of one run, also of submissions that were not graded."""

    def __init__(self, exercise: Exercise, bank: Bank, isolation: str, *, lang: Lang, feedback: Feedback) -> None:
        self._exercise = exercise
        self._bank = bank
        self._isolation = isolation
        self._lang = lang
        self._feedback = feedback

    def graded(
        self,
        submission: Submission,
        checks: Sequence[Check],
        *,
        fault: Fault | None,
        notes: list[str] | None = None,
        stdout: str = "",
        diagnosis: Diagnosis | None = None,
    ) -> Report:
        """Return the report with these checks; without `notes` it has those about the file alone."""
        # One way to add up both, so that full marks are exactly full marks in tenths as well.
        points, most = total_points(check.points for check in checks), self._exercise.max_points
        report = Report(
            schema=SCHEMA,
            exercise=self._exercise.name,
            submission=submitted(submission),
            score=Score(points=points, max=most, percent=round(100 * points / most, 1) if most else 0.0),
            verdict=first_in_precedence([check.verdict for check in checks]),
            checks=list(checks),
            notes=notes if notes is not None else [note.say(self._lang) for note in submission.notes],
            fault=fault,
            stdout=stdout,
            steps=list(diagnosis.steps) if diagnosis is not None else None,
            counterexample=diagnosis.counterexample if diagnosis is not None else None,
            repair=diagnosis.repair if diagnosis is not None else None,
            noun=dict(self._exercise.noun),
            grading=Grading(
                grader=VERSION,
                exercise_sha256=self._exercise.sha256,
                seed=self._bank.seed,
                cases=len(self._bank.cases),
                bank_sha256=self._bank.sha256,
                isolation=self._isolation,
                versions={**running_versions(), "hypothesis": self._bank.hypothesis},
            ),
        )
        return cleaned(disclosed(report, self._feedback, self._lang))

    def unreadable(self, submission: Submission, reason: Message) -> Report:
        """Return the report of a file in which there is nothing to run."""
        fault = Fault(type="unreadable", message=reason.say(self._lang))
        return self.graded(submission, self._checks(Verdict.UNREADABLE), fault=fault)

    def not_graded(self, submission: Submission, reason: str) -> Report:
        """Return the report of a submission that a fault of the grader's own kept from being graded."""
        message = say(self._lang, "not-graded", reason=reason)
        fault = Fault(type=str(Verdict.NOT_GRADED), message=message)
        return self.graded(submission, self._checks(Verdict.NOT_GRADED), fault=fault)

    def _checks(self, verdict: Verdict) -> list[Check]:
        """Return every check with the same verdict, and no points."""
        counts = {On.FIXED: 1, On.BANK: len(self._bank.cases)}
        return [Check.of(step, on, verdict, passed=0, count=counts[on]) for on in On for step in self._exercise.results]


def where(defect: Exception) -> str:
    """Return what went wrong and where, for those who maintain the grader."""
    # The innermost frame: where it was raised, not where it was caught.
    place = traceback.extract_tb(defect.__traceback__)[-1]
    return f"{type(defect).__name__}: {defect} ({Path(place.filename).name}, line {place.lineno})"


def running_versions() -> dict[str, str]:
    """Return the versions on which a submission's values may depend."""
    # Without the last part: a patch release changes no number, and students should not be told of a difference.
    return {
        "python": ".".join(platform.python_version_tuple()[:2]),
        "numpy": ".".join(np.__version__.split(".")[:2]),
    }


def submitted(submission: Submission) -> Submitted:
    """Return what a report says about the file itself."""
    return cleaned(Submitted(file=submission.file, sha256=submission.sha256, student=submission.student))


def cleaned(record: _Cleaned) -> _Cleaned:
    """Return a report, or a part of one, in which every text is visible and bounded.

    Nobody else needs to ask which words of a report were a stranger's choice (a class's name, a file's, a message):
    here all are cleaned alike, so that every format may take them as they are.
    """
    return type(record)(**{name: _cleaned(value, name) for name, value in vars(record).items()})


def _cleaned(value: Any, field: str) -> Any:
    match value:
        case Record():
            return cleaned(value)
        case Enum():
            return value  # a word of ours, though it is a str as well
        case str():
            return (
                clean_block(value)
                if field == "stdout"
                else clean_line(value, _LONGEST_BY_FIELD.get(field, _LONGEST_TEXT))
            )
        case dict():
            return {_cleaned(key, field): _cleaned(item, field) for key, item in value.items()}
        case list() | tuple():
            return [_cleaned(item, field) for item in value]
    return value  # a number, a truth value or None has nothing to hide
