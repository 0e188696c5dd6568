"""What is to blame for wrong results in a script that is run whole."""

from typing import NamedTuple

from graders.judging.slips import PutRight, Slip


class Culprit(NamedTuple):
    """A place that mends some results. `mended`: which; `slip`: the small alteration that does, if one does.

    `is_typed`: numbers stand there, where something should be computed. `beside`: of one of several that mend together,
    what puts the others right. `is_only`: all other lines are the reference's. `is_begun`: what is given here is only a
    beginning, and what goes on from it is wrong or missing.
    """

    cell: int | None
    line: int
    source: str
    mended: frozenset[str]
    slip: Slip | None = None
    is_typed: bool = False
    beside: PutRight | None = None
    is_only: bool = False
    is_begun: bool = False

    @classmethod
    def of(cls, slip: Slip) -> "Culprit":
        """Make the culprit that a slip is."""
        return cls(slip.altered.cell, slip.altered.line, slip.altered.source, slip.mended, slip)

    @property
    def is_one_of_several(self) -> bool:
        """Tell whether it is known to mend only together with others."""
        return self.beside is not None
