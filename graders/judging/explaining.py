"""Which steps are to blame for wrong results: the cheapest question first, the dearest only where it is needed.

1. By name: each step is judged by the value under its own name, or is right by its value whatever it is called.
2. By what mends: where that leaves results unexplained, right values are put in at place after place (`blame`).
3. By a slip: where one place does not explain all, expressions are altered slightly instead (`mending`).

A reference that is run whole has functions and loops, where a step has no one value: there a known mistake counts
first, and else what mends.
"""

from collections.abc import Collection, Sequence, Set
from typing import NamedTuple

from graders.exercise.asked import Exercise
from graders.exercise.reference import Reference
from graders.judging.at_once import begun_somewhere
from graders.judging.checks import Run
from graders.judging.consequences import without_consequences, without_misled
from graders.judging.evidence import Evidence
from graders.judging.misconceptions import Misconceptions
from graders.judging.own_lines import only_own_line
from graders.judging.parts import with_spoilt_parts
from graders.judging.proposals import Proposals
from graders.judging.same_line import is_from_mended_line
from graders.judging.scene import Scene
from graders.judging.slips import CellLine
from graders.judging.steps import (
    Judgement,
    judge_steps,
    without_mended,
    without_own_numbers,
)
from graders.judging.stops import fault_verdict
from graders.judging.suspects import stretches, suspected_lines
from graders.judging.trails import Trail, Trails
from graders.outcome import Kind, Verdict


class Explanation(NamedTuple):
    """Every step's judgement, with what it was judged by; `scene`: None where the script could not be observed."""

    evidence: Evidence
    judgements: Sequence[Judgement]
    scene: Scene | None


class Explainer:
    """Explains the wrong results of submissions of one exercise."""

    def __init__(self, exercise: Exercise, reference: Reference, misconceptions: Misconceptions) -> None:
        self.is_straight = reference.whole is None
        self._misconceptions = misconceptions
        self._source, self._definitions = exercise.reference_source, exercise.submission == "definitions"
        self._names = list(reference.formulas)
        self._givens = exercise.givens.keys()
        self._steps = {step.name for step in exercise.steps}
        self._authors = frozenset(reference.forward_names)
        self._results = [step.name for step in exercise.results]
        self._trails = None if reference.whole is None else Trails(reference.whole, exercise.givens)
        self._lines = () if reference.whole is None else reference.whole.use.lines

    def explain(self, evidence: Evidence, run: Run, scene: Scene | None) -> Explanation:
        """Judge by names and right values; where that explains too little, by what mends the results."""
        if scene is None:
            return self._without_own_numbers(self._judged(evidence, run, None), run)
        by_name = scene.seen_in(evidence)
        if self._trails is not None:
            by_name = self._with_steps_within(by_name, scene, self._trails)
            return self._judged(by_name, run, self._blamed(by_name, run, scene, self._trails))
        found = self._judged(by_name, run, scene)
        if not self._is_enough(found, scene):
            found = self._searched(found, evidence, run, scene)
        return self._without_blame_for(self._not_the_cases(run), _with_parts(found, self._authors))

    def _not_the_cases(self, run: Run) -> Set[str]:
        """Return the givens that a script, which runs on other cases, may have numbers of its own for all the same."""
        reply = run.execution.reply
        if reply.head is None or reply.fixed is None:
            return frozenset()
        # What was not found before a script stopped may stand behind that, or be something else than the lesson's.
        is_stopped = reply.fixed.fault_on(0) is not None
        unknown = self._givens - reply.head.givens.keys() if is_stopped else frozenset()
        return reply.head.overwritten.keys() | unknown

    def _without_own_numbers(self, found: Explanation, run: Run) -> Explanation:
        """Judge nothing by the lesson's numbers that a script, which runs on its own alone, may have other ones for."""
        head = run.execution.reply.head
        if head is None or run.execution.reply.bank is not None:
            return found
        known = {name for name, claim in head.givens.items() if head.edition is None and not claim.changed}
        return self._without_blame_for(self._givens - known, found)

    def _without_blame_for(self, givens: Set[str], found: Explanation) -> Explanation:
        """Blame no step for other numbers than the lesson's, which these givens may have where it reads them."""
        judgements = without_own_numbers(
            found.judgements,
            found.evidence,
            givens,
            lambda item: self._misconceptions.name(item, found.evidence) is not None,
        )
        return found._replace(judgements=judgements)

    def _with_steps_within(self, by_name: Evidence, scene: Scene, trails: Trails) -> Evidence:
        """Return the evidence with the steps that are right within what gives the results of a known mistake."""
        cases, found = [each.case for each in by_name.observations], set()
        for name, mistaken in self._misconceptions.unseen(by_name):
            wrong = Trails(mistaken.whole, self._givens).on(cases) if mistaken.whole is not None else ()
            if begun_somewhere(name, trails.on(cases), wrong, scene.sightings):
                found.add(name)
        return by_name._replace(within=found)

    def _blamed(self, by_name: Evidence, run: Run, scene: Scene, trails: Trails) -> Scene:
        """Return the scene with its culprits, of a script that is run whole."""
        step, behind = self._misconceptions.place(by_name) or (None, None)
        known = scene.known(step, behind) if step is not None and behind is not None else None
        if known is not None:  # it needs no search
            return known
        right = set(scene.experiment.results) - scene.experiment.wrong
        suspected = suspected_lines(scene.sightings, run.cells, self._lines, scene.experiment.wrong, right)
        meant = trails.on([each.case for each in by_name.observations])
        searched = scene.mended(meant, suspected)
        if step is not None:
            return searched.explained_by(step)
        only = only_own_line(run.cells, self._source, definitions=self._definitions)
        if only is not None:
            return searched.differing_in(only)
        return searched if searched.culprits else self._narrowed(searched, meant, run)

    def _narrowed(self, scene: Scene, meant: Sequence[Trail], run: Run) -> Scene:
        """Return a scene of which no line is known to be wrong with the lines among which one must be."""
        proposals = Proposals(scene.sightings, meant, scene.experiment, scene.locator.alike)
        return scene._replace(stretches=stretches(proposals, run.cells, self._lines, scene.experiment.wrong))

    def _searched(self, by_name: Explanation, evidence: Evidence, run: Run, scene: Scene) -> Explanation:
        """Explain by what mends the results; where that proves nothing, what the names told stands."""
        searched = scene.searched()
        slip = _slipped(by_name, searched, scene)
        if slip is not None and slip.is_explained_at_once():
            slipped = self._judged(by_name.evidence, run, slip)
            # A slip in the author's own lines is no step's; what the names told of the forward pass says more.
            if any(item.is_wrong for item in slipped.judgements):
                return slipped
        # An unproven suspicion is never told: it might send the student to a right line.
        if not searched.located.is_proven:
            return by_name
        return self._judged(searched.seen_in(evidence), run, searched)

    def _is_enough(self, found: Explanation, scene: Scene) -> bool:
        """Tell whether the steps that are wrong by their names explain all, and are known mistakes or the only one."""
        wrong = [item for item in found.judgements if item.is_wrong]
        if not wrong or not self._are_all_named(scene):
            return False
        # Last, because only this asks the sandbox.
        return self._are_known(wrong, found.evidence, scene) and scene.is_mended_by([item.name for item in wrong])

    def _are_known(self, wrong: Sequence[Judgement], evidence: Evidence, scene: Scene) -> bool:
        """Tell whether nothing further up may be behind what is wrong by its name."""
        if any(scene.may_be_misled(item.name) for item in wrong):
            return False
        if len(wrong) == 1 or self._authors.issuperset(item.name for item in wrong):
            return True
        # Several unknown ones may all come from one mistake, or have each other's names, which only a search tells.
        return scene.are_in_order([item.name for item in wrong]) and all(
            self._misconceptions.name(item, evidence) or scene.line_wrong_by_itself(item.name) is not None
            for item in wrong
        )

    def _are_all_named(self, scene: Scene) -> bool:
        """Tell whether every step stands under its own name, and no name misleads."""
        return self._steps <= scene.locator.named.keys() and len(scene.located.trusted) == len(self._names)

    def _judged(self, evidence: Evidence, run: Run, scene: Scene | None) -> Explanation:
        """Judge every name; a result that failed a check for its values is wrong though it may pass here."""
        judgements = judge_steps(evidence, self._names, self._results)
        if scene is not None and scene.culprits is not None:
            scene = self._with_first_wrong(judgements, scene)
            explained = scene.explained()
            judgements = without_mended(_with_results(judgements, explained, evidence), explained, self._results)
            judgements = [_without_praise(item, evidence, scene) for item in judgements]
        elif scene is not None:
            judgements = without_consequences(judgements, scene)
        is_explained = scene is not None and scene.is_explained()
        # What is wrong on other cases only comes from the same mistake, as far as anybody can tell.
        found = judgements if is_explained else _with_failed(judgements, _failed_by_value(run))
        return Explanation(evidence, found, scene)

    def _with_first_wrong(self, judgements: Sequence[Judgement], scene: Scene) -> Scene:
        """Return the scene with the step that a slip on no step's line, such as in a function, is first seen in."""
        # Of a straight line the first wrong step has right values to go on from; it may not lead to every result.
        first = next((item.name for item in judgements if item.is_wrong), None)
        is_own = first is not None and first not in self._authors
        if not (self.is_straight and is_own and scene.is_explained_at_once()):
            return scene
        return scene if any(scene.step_at(each) for each in scene.culprits or ()) else scene._replace(explaining=first)


def _with_results(
    judgements: Sequence[Judgement], explained: Sequence[tuple[Set[str], str | None]], evidence: Evidence
) -> list[Judgement]:
    """Let a result that a place mends be wrong itself where no step is: all of them may be right for what they got.

    So it is with a slip in a function that several steps call. A step may also be what stops the loop that it is in.
    """
    found, fault = list(judgements), evidence.observations[0].fault
    for names, step in explained:
        own = _places_among(names if step is None else {step}, found)
        if not own or any(found[at].is_wrong for at in own):
            continue
        first = found[own[0]]
        stopped = fault if first.verdict is Verdict.NOT_REACHED else None
        if stopped is not None or step is None:
            found[own[0]] = first._replace(verdict=fault_verdict(stopped) if stopped else Verdict.WRONG_VALUE)
    return found


def _places_among(names: Set[str], judgements: Sequence[Judgement]) -> list[int]:
    return [at for at, item in enumerate(judgements) if item.name in names]


def _without_praise(item: Judgement, evidence: Evidence, scene: Scene) -> Judgement:
    """Return the judgement of a step; one is not right for what it was given that is wrong as its line is."""
    if item.verdict is not Verdict.CORRECT_FROM_EARLIER_MISTAKE or not is_from_mended_line(item.name, evidence, scene):
        return item
    return item._replace(verdict=Verdict.NOT_EVALUATED)


def _with_parts(found: Explanation, authors: Set[str]) -> Explanation:
    """Look whether wrong steps are only given something wrong, where the steps and not a slip explain the results."""
    if found.scene is None or found.scene.culprits is not None:
        return found
    wrong = [item.name for item in found.judgements if item.is_wrong]
    scene = with_spoilt_parts(found.scene, wrong)
    return found._replace(scene=scene, judgements=without_misled(found.judgements, scene, authors))


def _slipped(by_name: Explanation, searched: Scene, scene: Scene) -> Scene | None:
    """Return the scene with the slip that mends the results, or with what else does; None where none can."""
    if not _may_be_one_slip(by_name.judgements, searched) or _are_only_misnamed(by_name.judgements, scene):
        return None
    lines = _lines_by_themselves(by_name.judgements, searched)
    if not lines:
        return scene.mended(())
    # What is wrong by itself has its slip on its own line, and two of these have none in common.
    return scene.slipped_on(*lines) if len(lines) == 1 else None


def _may_be_one_slip(judgements: Sequence[Judgement], searched: Scene) -> bool:
    """Tell whether to look for one slip: it explains more than two mistakes, or than none.

    It may stand in a function that several steps call.
    """
    # The line that stopped the script is known, and mending another would not get past it.
    is_stopped = any(item.verdict.kind is Kind.STOPPED for item in judgements)
    located = searched.located
    # That a result would be right in another shape says less than where the shape comes from.
    is_only_shape = any(item.name in searched.experiment.misshapen for item in located.blamed)
    # What is filled bit by bit is no wrong line where the bits are computed on others.
    is_misled = any(searched.may_be_misled(item.name) for item in located.blamed)
    return not is_stopped and (not located.is_proven or len(located.blamed) > 1 or is_only_shape or is_misled)


def _are_only_misnamed(judgements: Sequence[Judgement], scene: Scene) -> bool:
    """Tell whether nothing is wrong but the names of results, whose values the script has."""
    is_missing = all(item.verdict is Verdict.MISSING for item in judgements if item.is_wrong)
    return is_missing and scene.are_results_elsewhere()


def _lines_by_themselves(judgements: Sequence[Judgement], searched: Scene) -> set[CellLine]:
    """Return the lines of all that is to blame if each is wrong by itself; none where what they read or call may be."""
    located = searched.located
    wrong = located.blamed if located.is_proven else [item for item in judgements if item.is_wrong]
    lines = {searched.line_wrong_by_itself(item.name) for item in wrong}
    return {line for line in lines if line is not None and None not in lines}


def _failed_by_value(run: Run) -> set[str]:
    """Return the results that have wrong values in a check."""
    # Without a bank the check looked at the fixed example alone, and so does the diagnosis.
    if run.execution.reply.bank is None:
        return set()
    return {item.check.result for item in run.judged if item.check.verdict is Verdict.WRONG_VALUE}


def _with_failed(judgements: Sequence[Judgement], failed: Collection[str]) -> list[Judgement]:
    # A value may be rounded so little that the few cases of a diagnosis do not show it.
    return [
        item._replace(verdict=Verdict.WRONG_VALUE) if item.name in failed and item.verdict is Verdict.CORRECT else item
        for item in judgements
    ]
