"""A row of a class: what its tables tell of one hand-in."""

from dataclasses import field

from graders.outcome import Verdict
from graders.records import Record


class Row(Record):
    """One line of the gradebook. `code`: sha256 of the file; `checks`: verdict of each, by its id.

    `wrong_steps`: in the lesson's order. `mistakes`: what they are, as `batch.mistakes` calls them. `several`: another
    file of the student's looked like an answer, too. `changed`: graded on other values of the givens than the
    student's. `sketch`: what is compared with others' code. `parts`: points by part, of an exercise that is made of
    others.
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
    checks: dict[str, Verdict] = field(default_factory=dict)
    wrong_steps: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    note: str | None = None
    several: bool = False
    changed: bool = False
    sketch: list[int] = field(default_factory=list)
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def is_graded(self) -> bool:
        """True if there is a grade; our own fault gives none."""
        return self.verdict is not Verdict.NOT_GRADED

    @property
    def is_nobodys(self) -> bool:
        """True if it is not known whose it is."""
        return self.student is None and self.name is None

    @property
    def first_wrong_step(self) -> str | None:
        """The step to mend first."""
        return self.wrong_steps[0] if self.wrong_steps else None
