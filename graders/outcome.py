"""Records of what happened to a submission, in the words of the report."""

from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum
from typing import Any

from graders.choices import Feedback as Feedback
from graders.exercise.content import ExerciseStep
from graders.records import Record


class Kind(StrEnum):
    """The classes of verdicts. Whoever treats some verdicts like each other asks for these, and names no verdicts."""

    RIGHT = "right"
    CARRIED = "carried"  # right, but from an earlier wrong value
    OPEN = "open"  # nobody knows
    WRONG = "wrong"  # an answer that is not the right one
    STOPPED = "stopped"  # there is no answer: the script stopped, or never ran
    UNGRADED = "ungraded"  # our fault, not the student's


class Verdict(StrEnum):
    """The verdict on a check, step or submission. A submission gets the first of its checks' verdicts in this order."""

    # Our fault first, whatever else there is: nothing else about the submission is known then.
    NOT_GRADED = "not-graded"
    UNREADABLE = "unreadable"
    SYNTAX_ERROR = "syntax-error"
    CANNOT_VARY = "cannot-vary"
    FORBIDDEN = "forbidden"
    TIMEOUT = "timeout"
    MEMORY_LIMIT = "memory-limit"
    OUTPUT_LIMIT = "output-limit"
    CRASHED = "crashed"
    EXCEPTION = "exception"
    MISSING = "missing"
    WRONG_TYPE = "wrong-type"
    NOT_FINITE = "not-finite"
    WRONG_SHAPE = "wrong-shape"
    WRONG_VALUE = "wrong-value"
    NOT_ALLOWED = "not-allowed"
    CORRECT = "correct"

    # only of a step
    CORRECT_FROM_EARLIER_MISTAKE = "correct-from-earlier-mistake"
    NOT_REACHED = "not-reached"
    NOT_EVALUATED = "not-evaluated"

    @property
    def kind(self) -> Kind:
        """Return its class; a verdict that is not named here says that the script stopped."""
        match self:
            case Verdict.CORRECT:
                return Kind.RIGHT
            case Verdict.CORRECT_FROM_EARLIER_MISTAKE:
                return Kind.CARRIED
            case Verdict.NOT_REACHED | Verdict.NOT_EVALUATED:
                return Kind.OPEN
            case Verdict.MISSING | Verdict.WRONG_TYPE | Verdict.NOT_FINITE | Verdict.WRONG_SHAPE | Verdict.WRONG_VALUE:
                return Kind.WRONG
            case Verdict.NOT_ALLOWED:
                return Kind.WRONG
            case Verdict.NOT_GRADED:
                return Kind.UNGRADED
        return Kind.STOPPED

    @property
    def passes(self) -> bool:
        """True if nothing is to be fixed here."""
        return self.kind in (Kind.RIGHT, Kind.CARRIED)

    @property
    def is_wrong(self) -> bool:
        """True if there is something to fix here."""
        return self.kind in (Kind.WRONG, Kind.STOPPED)

    @property
    def sign(self) -> str:
        """The mark before it in texts for people."""
        return _SIGNS[self.kind]


_SIGNS = {
    Kind.RIGHT: "✓",
    Kind.CARRIED: "↪",
    Kind.OPEN: "–",
    Kind.WRONG: "✗",
    Kind.STOPPED: "✗",
    Kind.UNGRADED: "–",
}


class On(StrEnum):
    """What a check is about: the lesson's case, or the random ones."""

    FIXED = "fixed"
    BANK = "bank"


class Fault(Record):
    """What stopped a submission. `cell` counts a notebook's code cells from 1; `line` counts within it, or the file."""

    type: str
    message: str
    line: int | None = None
    cell: int | None = None


class Check(Record):
    """One graded comparison: a result, on the fixed example or on all cases of the bank."""

    id: str
    result: str
    on: On
    verdict: Verdict
    points: float
    max: float
    cases: int
    passed: int

    @classmethod
    def of(cls, step: ExerciseStep, on: On, verdict: Verdict, *, passed: int, count: int) -> "Check":
        """Make the check of a result on `count` cases; only one that is right on all of them has points here."""
        assert step.points is not None
        points = step.points.fixed if on is On.FIXED else step.points.bank
        return cls(
            id=cls.id_of(step.name, on),
            result=step.name,
            on=on,
            verdict=verdict,
            points=points if verdict is Verdict.CORRECT else 0,
            max=points,
            cases=count,
            passed=passed,
        )

    @staticmethod
    def id_of(result: str, on: On) -> str:
        """Return the id of a result's check."""
        return f"{on}.{result}"


class StepSite(Record):
    """Where the value of a step is computed, with the expression as the student wrote it."""

    line: int
    cell: int | None
    source: str


class Step(Record):
    """What a step came to, with the error carried forward."""

    name: str
    verdict: Verdict
    line: int | None = None
    cell: int | None = None
    site: StepSite | None = None
    misconception: str | None = None
    message: str | None = None


class Counterexample(Record):
    """The smallest case found on which the submission is wrong; `result` names the first step that is.

    `differs_at`: index of the first element that differs; absent where the shapes differ.
    """

    case: dict[str, Any]
    result: str
    expected: Any
    actual: Any
    differs_at: list[int] | None = None


class Repair(Record):
    """A small edit of a step that makes it right."""

    step: str
    line: int | None
    cell: int | None
    before: str
    after: str


class Submitted(Record):
    """Which file the report is about; `sha256` is None where it could not be read."""

    file: str
    sha256: str | None
    student: str | None = None


class Score(Record):
    """The sum of the checks' points; `percent` to one decimal."""

    points: float
    max: float
    percent: float


class PartScore(Record):
    """What one of the exercises came to that an exercise is made of."""

    exercise: str
    points: float
    max: float
    verdict: Verdict


class Grading(Record):
    """Everything a second grading needs to come to the same report."""

    grader: str
    exercise_sha256: str
    seed: int | None
    cases: int
    bank_sha256: str
    isolation: str
    versions: dict[str, str]


class Report(Record):
    """The document about one submission; docs/report.md explains each field.

    `noun`: what texts call a case of this exercise, by language; empty: a case. `parts`: of an exercise that is made
    of others, whose names then stand before those of results and steps.
    """

    schema: int
    exercise: str
    submission: Submitted
    score: Score
    verdict: Verdict
    checks: list[Check]
    notes: list[str]
    fault: Fault | None
    stdout: str
    grading: Grading
    steps: list[Step] | None = None
    counterexample: Counterexample | None = None
    repair: Repair | None = None
    noun: dict[str, str] = field(default_factory=dict)
    parts: list[PartScore] = field(default_factory=list)


PRECEDENCE = {verdict: place for place, verdict in enumerate(Verdict)}
"""By verdict, its place in the order of precedence."""


def first_in_precedence(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict that speaks for all of them."""
    return min(verdicts, key=PRECEDENCE.__getitem__)
