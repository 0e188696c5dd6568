"""Which wrong results are right from the student's own earlier values, so that an exercise may give points for them.

Two things must be known of such a result. On every observed case it has the value that follows from what the student
had before; and it comes out right once right values are put in where the mistakes stand. The second tells a formula
from a number that was typed in, and from what is right only as long as the mistake is there. What is not known, for
want of time too, earns nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from graders.exercise.content import ExerciseStep
from graders.judging.blame import Blamed, Experiment
from graders.judging.culprits import Culprit
from graders.judging.evidence import Evidence
from graders.judging.explaining import Explanation
from graders.judging.same_line import gives
from graders.judging.scene import Scene
from graders.outcome import Verdict
from graders.sandbox.observed import Put, Trial


def carried_results(found: Explanation, results: Collection[str]) -> frozenset[str]:
    """Return the results that are right from the student's own earlier values, as far as that is known."""
    follows = {item.name for item in found.judgements if item.verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE}
    follows.intersection_update(results)
    # First the cheap question: what mends is asked of the sandbox.
    return _mended(follows, found, found.scene) if follows and found.scene is not None else frozenset()


def carried_by_lines(scene: Scene, results: Sequence[ExerciseStep], line_of: Mapping[str, int]) -> frozenset[str]:
    """Return the results of lines of `use` that are right once the wrong ones of earlier lines are put right.

    `line_of`: for each name the line that assigns it. Values that are handed on by other ways are left to the rest.
    """
    experiment = scene.experiment
    failing = [step for step in results if not experiment.is_right_on_all(step.name, scene.watch.runs)]
    puts = _puts(failing, results, experiment)
    trials = {step.name: [puts[name] for name in puts if line_of[name] < line_of[step.name]] for step in failing}
    asked = [name for name, own in trials.items() if own]
    return experiment.all_right(asked, [Trial(trials[name]) for name in asked])


def _puts(steps: Iterable[ExerciseStep], results: Sequence[ExerciseStep], experiment: Experiment) -> dict[str, Put]:
    """Return by name what puts right values in at some of the results."""
    numbers = {step.name: number for number, step in enumerate(results)}
    # What is compared by form travels as code points, which are nothing to go on from.
    return {step.name: experiment.put_result(numbers[step.name], step.name) for step in steps if not step.exactly}


def _mended(results: Set[str], found: Explanation, scene: Scene) -> frozenset[str]:
    """Return those of the results that come out right once the mistakes are mended, which stand elsewhere."""
    if scene.culprits is not None:
        return frozenset(name for name in results if _is_mended_elsewhere(name, found.evidence, scene, scene.culprits))
    wrong = [item.name for item in found.judgements if item.is_wrong]
    return _mended_by_putting(wrong, scene) & results - _standing_at(wrong, results, scene)


def _mended_by_putting(names: Sequence[str], scene: Scene) -> frozenset[str]:
    """Return the results that are right on all observed cases once the right values of these steps are put in."""
    blamed = [Blamed(name, place) for name in names if (place := scene.place_of(name)) is not None]
    return scene.experiment.right_after(blamed)


def _standing_at(names: Sequence[str], results: Iterable[str], scene: Scene) -> set[str]:
    """Return the results whose own place is that of one of these steps: what mends the one is the other's formula."""
    places = {scene.place_of(name) for name in names}
    return {result for result in results if scene.place_of(result) in places}


def _is_mended_elsewhere(result: str, evidence: Evidence, scene: Scene, culprits: Iterable[Culprit]) -> bool:
    """Tell whether a result is mended at a place that does not give the result itself."""
    own = next((culprit for culprit in culprits if result in culprit.mended), None)
    return own is not None and not gives(own, scene.sightings, evidence.as_seen(result))
