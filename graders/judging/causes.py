"""What a step is told with: which other one to fix first where it comes from its mistake, and what a slip is called."""

from collections.abc import Sequence

from graders.inside.altered import ADDED, COPIED, FORGOTTEN, KEPT, LEFT_OUT, MOVED, RETURNED, SHARED, Alteration
from graders.judging.consequences import calls_wrong_helper
from graders.judging.culprits import Culprit
from graders.judging.evidence import Evidence
from graders.judging.same_line import is_from_mended_line
from graders.judging.scene import Scene
from graders.judging.steps import Judgement
from graders.outcome import Step

_SLIPS = {
    ADDED: "step.added",
    LEFT_OUT: "step.left-out",
    MOVED: "step.moved",
    RETURNED: "step.returned",
    KEPT: "step.kept",
    SHARED: "step.shared",
    COPIED: "step.copied",
    FORGOTTEN: "step.forgotten",
}


def cause_of(step: Step, steps: Sequence[Step], scene: Scene | None) -> Step | None:
    """Return the wrong step from whose value another one was computed."""
    if scene is None or scene.culprits is None:
        # Where there are no loops, nothing below a step explains it but the function that both call.
        behind = steps if _is_of_wrong_helper(step.name, steps, scene) else steps[: steps.index(step)]
        return next(iter(_wrong_of(behind)), None)
    # In a loop the cause may stand further down.
    wrong, blamed = _wrong_of(steps), _behind(scene.culprit_of(step.name), scene.culprits)
    return next((each for each in wrong if scene.culprit_of(each.name) in blamed), next(iter(wrong), None))


def key_of_carried(judgement: Judgement, scene: Scene | None) -> str:
    """Return the key of what is said of a step that another one is to be fixed before."""
    if scene is None or scene.culprits is None or not judgement.follows:
        return "step.fix-first"
    # A line may never have been run, or call what is wrong: of that nobody knows what it gives for what it was given.
    return "step.right-then" if _is_mended_with(judgement.name, scene) else "step.look-again"


def key_of_lacking(name: str, steps: Sequence[Step], evidence: Evidence, scene: Scene | None) -> str | None:
    """Return the key of what is said of a step of which nobody knows whether it is right for what it is given."""
    is_same = is_from_mended_line(name, evidence, scene) or _is_of_wrong_helper(name, steps, scene)
    if is_same and not evidence.is_always_none(name):
        return "step.same-line"
    return "step.right-then" if _is_mended_with(name, scene) else None


def key_of_slip(altered: Alteration, evidence: Evidence, *, is_all: bool) -> str:
    """Return the key of what is said of a slip; `is_all`: it mends all that is wrong."""
    faults = [each.fault for each in evidence.observations if each.fault is not None]
    # What stopped there changed nothing that others need: integers, for one, take no fractions in place.
    is_stopped = any((fault.cell, fault.line) == (altered.cell, altered.line) for fault in faults)
    if is_stopped and altered.kind == COPIED:
        return "step.slip"
    # What computes something may be needed by what is wrong without it; a condition or a call computes nothing.
    if altered.kind == LEFT_OUT and altered.growth >= 0 and not is_all:
        return "step.not-here"
    return _SLIPS.get(altered.kind, "step.slip")


def _is_of_wrong_helper(name: str, steps: Sequence[Step], scene: Scene | None) -> bool:
    """Tell whether a step calls the function in which another one is wrong."""
    wrong = [each.name for each in _wrong_of(steps)]
    return scene is not None and scene.culprits is None and calls_wrong_helper(name, wrong, scene)


def _is_mended_with(name: str, scene: Scene | None) -> bool:
    """Tell whether a result is known to be right once the one place is mended that is to be."""
    culprit = None if scene is None or scene.culprits is None else scene.culprit_of(name)
    return culprit is not None and name in culprit.mended and not culprit.is_one_of_several


def _behind(own: Culprit | None, culprits: Sequence[Culprit]) -> list[Culprit]:
    """Return what may be behind a value: its own culprit; of several also those that mend no result by themselves."""
    if own is None:
        return []
    return [each for each in culprits if each == own or (own.is_one_of_several and not each.mended)]


def _wrong_of(steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.verdict.is_wrong]
