"""A small edit that makes the first wrong step right.

The edits are made and evaluated in the sandbox, where the submission runs; here their values are compared with the
right ones, and the first edit that is right on every network is kept. They come plainest first: no silly one wins.
"""

from collections.abc import Callable, Sequence

from graders.diagnosis.evidence import Evidence, Value
from graders.exercise import Array
from graders.outcome import Repair, Step, Verdict
from graders.sandbox.wire import RepairReply

NETWORKS = {1: 12, 2: 6}
"""Networks to try on, with one edit and with two: few enough to try thousands, and of different sizes and signs."""

RunEdits = Callable[[int, int], RepairReply | None]
"""Runs the submission on so many networks with so many edits tried at the step."""


def find_repair(step: Step, evidence: Evidence, run_edits: RunEdits) -> Repair | None:
    """Return the plainest edit that gives the right values: one edit, or else two."""
    right = [observation.right[step.name] for observation in evidence.observations]
    for edits, count in NETWORKS.items():
        reply = run_edits(count, edits)
        if reply is None:
            return None
        for number, source in enumerate(reply.sources):
            column = reply.part.columns.get(str(number))
            values: Sequence[Value] = column.values() if column is not None else ()
            if len(values) == count and _is_right(step.name, evidence, right, values):
                return Repair(
                    step=step.name,
                    line=step.line,
                    cell=step.cell,
                    before=reply.before,
                    after=source,
                )
    return None


def _is_right(name: str, evidence: Evidence, right: Sequence[Array], values: Sequence[Value]) -> bool:
    return all(
        evidence.verdict(name, expected, value) is Verdict.CORRECT
        for expected, value in zip(right, values, strict=False)
    )
