"""A small edit that makes the first wrong step right.

Where an expression has one value per run, edits of it are evaluated in the sandbox, all at once, where the submission
runs; here their values are compared with the right ones, and the first edit that is right on every case is kept. They
come plainest first: no silly one wins. Elsewhere (in loops, functions, pieces of an array) and where that finds none,
the script is run with slips of the blamed line, and the first that makes results right is spelled out.
"""

import time
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from graders.errors import SandboxError
from graders.exercise.asked import Case, Exercise
from graders.inside.protocol import RepairOrder
from graders.inside.sites import Site
from graders.judging.answers import RightValues
from graders.judging.checks import Run
from graders.judging.consequences import is_spoilt_later
from graders.judging.evidence import Evidence
from graders.judging.scene import Scene
from graders.judging.slips import Slip
from graders.judging.watching import Watch
from graders.outcome import Repair, Step, Verdict
from graders.sandbox.encoding import encode_job
from graders.sandbox.reply import Column, FixedHead, RepairReply, Stop
from graders.sandbox.sandbox import Sandbox

CASES = {1: 12, 2: 6}
"""Cases to try on, with one edit and with two: few enough to try thousands, and of different sizes and signs."""

_CHANGED = frozenset({"augmented", "container"})
"""Sites whose value is what a statement leaves, and not what its expression gives, nor what the name was set to."""


class Tried(NamedTuple):
    """What edits are tried on: a run, on cases. `deadline`: when all must be over, as monotonic time.

    `bank`: all cases; `right`: the right values on them.
    """

    exercise: Exercise
    run: Run
    cases: Sequence[Case]
    sandbox: Sandbox
    deadline: float
    watch: Watch
    bank: Sequence[Case]
    right: RightValues

    def replies(self, order: RepairOrder) -> Iterator[RepairReply]:
        """Yield the values of one edit each, then of two."""
        run = self.run
        for edits, count in CASES.items():
            on = self.cases[:count]
            job = encode_job(
                self.exercise,
                run.cells,
                reading=run.reading,
                cases=on,
                repair=order._replace(edits=edits),
                modules=run.modules,
            )
            left_s = self.deadline - time.monotonic()
            if left_s <= 0:
                return
            # A run of its own, and no `ask`: edits come before rewriting, which wraps the very expression.
            try:
                execution = self.sandbox.run(job, cases=len(on), wall_s=left_s)
            except SandboxError:
                self.watch.lose()
                return
            reply = execution.reply.repair
            if reply is None:
                # By itself it ends where nothing on the line can be edited.
                if execution.stop is not Stop.BY_ITSELF:
                    self.watch.lose()
                return
            yield reply


def find_repair(step: Step, scene: Scene | None, evidence: Evidence, tried: Tried) -> Repair | None:
    """Return the plainest edit of the line that is blamed for a step."""
    # What has no value under its name stands only where a right value is, if anywhere.
    is_by_value = (scene is None or not _has_other_value(step, scene)) and step.verdict is not Verdict.MISSING
    site = None if scene is None else scene.site_of(step.name)
    found = _by_value(step, site, evidence, tried) if is_by_value else None
    return found if found is not None or scene is None else _by_slip(step, scene, evidence, tried)


def _has_other_value(step: Step, scene: Scene) -> bool:
    """Tell whether another value where a step has its own is no edit of it: that of a part, or one that is right."""
    return (
        scene.culprits is not None
        or scene.part_of(step.name) is not None
        or _is_in_shared_function(step, scene)
        or is_spoilt_later(step, scene)
    )


def _is_in_shared_function(step: Step, scene: Scene) -> bool:
    """Tell whether a step stands in a function that several statements call: what is right for one may spoil others."""
    site = scene.site_of(step.name)
    if site is None or site.kind != "return":
        return False
    return sum(each.parent < 0 and site.called in each.loads for each in scene.sightings.sites) > 1


def _by_slip(step: Step, scene: Scene, evidence: Evidence, tried: Tried) -> Repair | None:
    culprit = scene.culprit_of(step.name)
    # What is typed in says nothing about what was meant.
    if step.line is None or (culprit is not None and culprit.is_typed):
        return None
    slip = scene.slip_at((step.cell, step.line), step.name)
    # One of several mends the rest only beside the others, and what it is shown for must be right by it alone.
    is_alone = culprit is None or culprit.beside is None or not culprit.beside.sites
    if slip is None or not _mends_on_all(slip, slip.mended if is_alone else {step.name}, evidence, tried):
        return None
    told = tried.watch.spelled_out(slip.altering, slip.number)
    return (
        None
        if told is None
        else Repair(step=step.name, line=told.line, cell=told.cell, before=told.source, after=told.after)
    )


def _mends_on_all(slip: Slip, names: Set[str], evidence: Evidence, tried: Tried) -> bool:
    """Tell whether a slip mends these results on every case of the bank, too: on the few of a diagnosis more would."""
    runs = tried.watch.altered_on(tried.bank, slip.altering, slip.number)
    pairs = [(tried.right.on(case, tried.run.judged), run.results) for case, run in zip(tried.bank, runs, strict=False)]
    return all(
        evidence.verdict(name, right[name], results.get(name, "missing")) is Verdict.CORRECT
        for right, results in pairs
        for name in names
    )


def _by_value(step: Step, site: Site | None, evidence: Evidence, tried: Tried) -> Repair | None:
    """Return the plainest edit that gives the right values, where the script computes a step; `site`: that place."""
    order = _ordered(step, site, tried.run.execution.reply.head)
    amid = evidence.raised_amid(step.name, evidence.observations[0].fault)
    # What stops behind the place, while it goes on to be computed, stops there still.
    if order is None or (amid is not None and order.line != step.line):
        return None
    # The sources come plainest first, so the first that is right is the one to show.
    for reply in tried.replies(order):
        for number, source in enumerate(reply.sources):
            column = reply.part.columns.get(str(number))
            if column is not None and _is_right(step.name, evidence, column):
                return Repair(step=step.name, line=order.line, cell=order.cell, before=reply.before, after=source)
    return None


def _ordered(step: Step, site: Site | None, head: FixedHead | None) -> RepairOrder | None:
    """Say what is to be edited: the very expression whose value is the step's, or else its assignment by name."""
    # A site on another line is where a value is right, and not where it goes wrong.
    if site is not None and site.line == step.line:
        if site.kind in _CHANGED:
            return None
        where = (site.line, site.column, site.end_line, site.end_column)
        return RepairOrder(site.name or step.name, site.line, site.cell, 1, where)
    place = None if head is None else head.places.get(step.name)
    # where an exception stopped it, the step's own line is another
    return None if place is None else RepairOrder(step.name, place[1], place[0], 1)


def _is_right(name: str, evidence: Evidence, column: Column) -> bool:
    """Tell whether an edit's values are right on the first of the observed cases, where it was tried."""
    return all(
        evidence.verdict(name, observation.right[name], value) is Verdict.CORRECT
        for observation, value in zip(evidence.observations, column.values(), strict=False)
    )
