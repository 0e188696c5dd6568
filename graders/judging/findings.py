"""What a diagnosis comes to. Apart from the diagnosis itself, which is loaded for wrong submissions only."""

from collections.abc import Sequence
from typing import NamedTuple

from graders.outcome import Counterexample, Repair, Step


class Diagnosis(NamedTuple):
    """What the report says beyond the checks.

    `wrong_forward`, `wrong_helpers`: the student's names for what the author's own lines compute, where it differs: the
    first before the first TODO, and all after it. `carried`: wrong results that are known to be right from earlier
    values. `is_cut_short`: not all could be asked, because the script ended or hung.
    """

    steps: Sequence[Step] = ()
    counterexample: Counterexample | None = None
    wrong_forward: Sequence[str] = ()
    wrong_helpers: Sequence[str] = ()
    repair: Repair | None = None
    carried: frozenset[str] = frozenset()
    is_cut_short: bool = False


class NotDiagnosed(NamedTuple):
    """There is no diagnosis; `reason` is the key of the note that says why."""

    reason: str
