"""What came back from a run: records of numpy and the standard library alone, since judging runs in a browser too.

`sandbox.wire` makes them from bytes that nobody vouches for, after it has checked them.
"""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from graders.inside.arrays import Array
from graders.inside.protocol import NOT_RUN
from graders.sandbox.observed import Observed

ENOUGH_CASES = 3
"""A script too slow for all cases is judged on those that were run, if they are so many: chance makes none right."""


class FaultClaim(NamedTuple):
    """What the child says stopped the submission.

    `use_line`: which of the exercise's own lines led there; `trail`: the student's own ones, the outermost first.
    """

    kind: str
    type: str
    message: str
    line: int | None
    cell: int | None
    use_line: int | None = None
    trail: Sequence[tuple[int | None, int]] = ()


End = tuple[int | None, int, int, int]
"""A cell and the line behind which a name is computed no more; then the lines of the function, stopped in between, that
this is a line of, or zeros where it stands in none.
"""
Span = tuple[int | None, int, int]
"""A cell, and the first and the last of some lines in it."""


class GivenClaim(NamedTuple):
    """How the student wrote a given: under which name, where, in which layouts, with which number.

    `half`: it is stored in half precision. `shape`: of the student's own value, in the lesson's layout.
    """

    name: str
    line: int
    cell: int | None
    layouts: Sequence[tuple[int, ...]]
    changed: bool
    by_name: bool
    half: bool
    shape: Sequence[int] = ()


class FixedHead(NamedTuple):
    """What the child says about the run on the fixed example, beside the values.

    `readings`: in how many ways the script can be read. `edition`: which other edition's numbers it has.
    `shapes`: of what has other names, where a result is missing. `hints`: the cell and line of what may be a given that
    was not found. `bound`: that of what is undefined where it is used, and has its value in another place.
    `settled`: where a name is computed no more, if something was raised; `ongoing`: in which lines, of a loop or a
    statement, its value is gone on from.
    `overwritten`: the line that changes a given's variable before the results. `uncalled`: functions that nothing
    calls, with the missing results they set.
    """

    stdout: str
    givens: Mapping[str, GivenClaim]
    not_found: Sequence[str]
    unavailable: Sequence[str]
    places: Mapping[str, tuple[int | None, int]]
    names: Sequence[str]
    local: Sequence[str]
    readings: int
    edition: int | None
    shapes: Mapping[str, Sequence[int]]
    hints: Mapping[str, tuple[int | None, int]]
    cells: Sequence[int]
    left_out: Sequence[int] = ()
    mended: Mapping[str, Sequence[int]] = {}
    changed: Sequence[tuple[int, str]] = ()
    settled: Mapping[str, Sequence[End]] = {}
    ongoing: Mapping[str, Sequence[Span]] = {}
    bound: Mapping[str, tuple[int | None, int]] = {}
    overwritten: Mapping[str, tuple[int | None, int]] = {}
    uncalled: Mapping[str, tuple[int | None, int, Sequence[str]]] = {}


class Column(NamedTuple):
    """What one name was on each case: a shape, or a word for what it was instead of an array of numbers.

    `flat` holds the numbers of all cases, one after another. Never compare columns: arrays have no one truth.
    """

    shapes: Sequence[list[int] | str]
    flat: Array

    def values(self, count: int | None = None) -> list[Array | str]:
        """Return the value on each case, or on the first `count`."""
        offset, values = 0, list[Array | str]()
        for shape in self.shapes[:count]:
            if isinstance(shape, str):
                values.append(shape)
            else:
                size = math.prod(shape)
                values.append(self.flat[offset : offset + size].reshape(shape))
                offset += size
        return values


class Part(NamedTuple):
    """Values and faults on some cases; `fault_of` is -1 where the script ran to its end."""

    columns: Mapping[str, Column]
    faults: Sequence[FaultClaim]
    fault_of: Sequence[int]

    @property
    def ran(self) -> int:
        """The number of cases that were run: the script may be so slow that no time was left for the last ones."""
        # The cases are run in order, so the first that was not run tells how many were.
        if not self.faults:  # as nearly always
            return len(self.fault_of)
        not_run = {index for index, fault in enumerate(self.faults) if fault.kind == NOT_RUN}
        return next((case for case, index in enumerate(self.fault_of) if index in not_run), len(self.fault_of))

    @property
    def is_enough(self) -> bool:
        """Tell whether the cases that were run tell what the script is worth."""
        return self.ran == len(self.fault_of) or self.ran >= ENOUGH_CASES

    @property
    def stopping(self) -> list[FaultClaim]:
        """What stopped the script; that no time was left for some cases, only if the others are too few."""
        return [fault for fault in self.faults if fault.kind != NOT_RUN or not self.is_enough]

    def fault_on(self, case: int) -> FaultClaim | None:
        """Return what stopped the submission on this case."""
        index = self.fault_of[case]
        return None if index < 0 else self.faults[index]


class RepairReply(NamedTuple):
    """Edits of an expression, the plainest first; `part` holds the value of each, by its number, on each case."""

    before: str
    sources: Sequence[str]
    part: Part


class Reply(NamedTuple):
    """All that arrived; parts are None where the child did not get so far. `failed`: a fault of the sandbox's own.

    `broken`: function, word, line and cell of each rule that the submission breaks.
    `more`: the part on the cases of a request; `observed`: the answer to a diagnosing one.
    """

    confined: bool = False
    broken: Sequence[tuple[str, str, int | None, int | None]] = ()
    failed: str | None = None
    syntax: FaultClaim | None = None
    head: FixedHead | None = None
    fixed: Part | None = None
    bank: Part | None = None
    more: Part | None = None
    repair: RepairReply | None = None
    observed: Observed | None = None


NOTHING = Reply()
"""What has arrived at first."""


class Stop(StrEnum):
    """Who or what ended the process."""

    BY_ITSELF = "by-itself"
    WALL = "wall"
    CPU = "cpu"
    MEMORY = "memory"
    REPLY_TOO_LARGE = "reply-too-large"
    TAMPERED = "tampered"
    SIGNAL = "signal"
    EXIT = "exit"


class Execution(NamedTuple):
    """One run of a submission. `detail`: the signal's name, the exit status, or what is wrong with the reply."""

    reply: Reply
    stop: Stop
    detail: str = ""
