"""Records of what happened to a submission, in the words of the report."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from graders.exercise_file import ExerciseStep


class Verdict(StrEnum):
    """What a check, a step or a submission came to; of a submission's verdicts the first in this order counts."""

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
    CORRECT = "correct"

    # only of a step
    CORRECT_FROM_EARLIER_MISTAKE = "correct-from-earlier-mistake"
    NOT_REACHED = "not-reached"
    NOT_EVALUATED = "not-evaluated"

    @property
    def is_wrong(self) -> bool:
        """Tell whether a step of this verdict is one to mend."""
        return self not in (
            Verdict.CORRECT,
            Verdict.CORRECT_FROM_EARLIER_MISTAKE,
            Verdict.NOT_REACHED,
            Verdict.NOT_EVALUATED,
        )

    @property
    def sign(self) -> str:
        """Return the mark before it in texts for people."""
        match self:
            case Verdict.CORRECT:
                return "✓"
            case Verdict.CORRECT_FROM_EARLIER_MISTAKE:
                return "↪"
            case Verdict.NOT_REACHED | Verdict.NOT_EVALUATED | Verdict.NOT_GRADED:
                return "–"
        return "✗"


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


class On(StrEnum):
    """What a check is about: the lesson's network, or the random ones."""

    FIXED = "fixed"
    BANK = "bank"


class Fault(Struct, frozen=True, kw_only=True):
    """What stopped a submission. `cell` counts a notebook's code cells from 1; `line` counts within it, or the file."""

    type: str
    message: str
    line: int | None = None
    cell: int | None = None


class Check(Struct, frozen=True, kw_only=True):
    """One graded comparison: a result, on the fixed example or on all networks of the bank."""

    id: str
    result: str
    on: On
    verdict: Verdict
    points: float
    max: float
    networks: int
    passed: int

    @classmethod
    def of(cls, step: "ExerciseStep", on: On, verdict: Verdict, *, passed: int, count: int) -> "Check":
        """Make the check of a result on `count` networks; only one that is right on all of them has points."""
        assert step.points is not None
        points = step.points.fixed if on is On.FIXED else step.points.bank
        return cls(
            id=cls.id_of(step.name, on),
            result=step.name,
            on=on,
            verdict=verdict,
            points=points if verdict is Verdict.CORRECT else 0,
            max=points,
            networks=count,
            passed=passed,
        )

    @staticmethod
    def id_of(result: str, on: On) -> str:
        """Return the id of a result's check."""
        return f"{on}.{result}"


class Step(Struct, frozen=True, kw_only=True):
    """What a step came to, with the error carried forward."""

    name: str
    verdict: Verdict
    line: int | None = None
    cell: int | None = None
    misconception: str | None = None
    message: str | None = None


class Counterexample(Struct, frozen=True, kw_only=True):
    """The smallest network found on which the submission is wrong; `result` names the first step that is.

    `differs_at`: index of the first element that differs; absent where the shapes differ.
    """

    network: dict[str, Any]
    result: str
    expected: Any
    actual: Any
    differs_at: list[int] | None = None


class Repair(Struct, frozen=True, kw_only=True):
    """A small edit of a step that makes it right."""

    step: str
    line: int | None
    cell: int | None
    before: str
    after: str


class Submitted(Struct, frozen=True, kw_only=True):
    """Which file the report is about; `sha256` is None where it could not be read."""

    file: str
    sha256: str | None
    student: str | None = None


class Score(Struct, frozen=True, kw_only=True):
    """The sum of the checks' points; `percent` to one decimal."""

    points: float
    max: float
    percent: float


class Grading(Struct, frozen=True, kw_only=True):
    """Everything a second grading needs to come to the same report."""

    grader: str
    exercise_sha256: str
    seed: int | None
    networks: int
    bank_sha256: str
    isolation: str
    versions: dict[str, str]


class Report(Struct, frozen=True, kw_only=True):
    """The document about one submission; docs/report.md explains each field."""

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


class Row(Struct, frozen=True, kw_only=True):
    """One line of the gradebook. `code`: sha256 of the file; `checks`: verdict of each, by its id.

    `wrong_steps`: in the lesson's order.
    """

    key: str
    file: str
    student: str | None
    name: str | None
    attempt: int | str | None
    late: bool
    code: str | None
    points: float
    max: float
    percent: float
    verdict: Verdict
    checks: dict[str, Verdict] = {}
    wrong_steps: list[str] = []
    misconceptions: list[str] = []
    note: str | None = None

    @property
    def first_wrong_step(self) -> str | None:
        """The step to mend first."""
        return self.wrong_steps[0] if self.wrong_steps else None


PRECEDENCE = {verdict: place for place, verdict in enumerate(Verdict)}
"""By verdict, its place in the order of precedence."""


def first_in_precedence(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict that speaks for all of them."""
    return min(verdicts, key=PRECEDENCE.__getitem__)
