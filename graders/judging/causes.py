"""What a step that comes from another one's mistake is told with: which to fix first, and what is known then."""

from collections.abc import Sequence

from graders.judging.culprits import Culprit
from graders.judging.scene import Scene
from graders.judging.steps import Judgement
from graders.outcome import Step


def cause_of(step: Step, steps: Sequence[Step], scene: Scene | None) -> Step | None:
    """Return the wrong step from whose value another one was computed."""
    if scene is None or scene.culprits is None:
        # Where there are no loops, nothing below a step explains it.
        return next(iter(_wrong_of(steps[: steps.index(step)])), None)
    # In a loop the cause may stand further down.
    wrong, behind = _wrong_of(steps), _behind(scene.culprit_of(step.name), scene.culprits)
    return next((each for each in wrong if scene.culprit_of(each.name) in behind), next(iter(wrong), None))


def key_of_carried(judgement: Judgement, scene: Scene | None) -> str:
    """Return the key of what is said of a step that another one is to be fixed before."""
    if scene is None or scene.culprits is None or not judgement.follows:
        return "step.fix-first"
    # A line may never have been run, or call what is wrong: of that nobody knows what it gives for what it was given.
    culprit = scene.culprit_of(judgement.name)
    is_mended = culprit is not None and judgement.name in culprit.mended and not culprit.is_one_of_several
    return "step.right-then" if is_mended else "step.look-again"


def _behind(own: Culprit | None, culprits: Sequence[Culprit]) -> list[Culprit]:
    """Return what may be behind a value: its own culprit; of several also those that mend no result by themselves."""
    if own is None:
        return []
    return [each for each in culprits if each == own or (own.is_one_of_several and not each.mended)]


def _wrong_of(steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.verdict.is_wrong]
