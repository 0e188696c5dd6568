"""The steps of a report: a verdict for each, where it stands, and what can be said about it."""

from collections.abc import Sequence

from graders.exercise.asked import Exercise
from graders.inside.protocol import NOT_RUN
from graders.inside.sites import Site
from graders.judging.causes import cause_of, key_of_carried, key_of_lacking, key_of_slip
from graders.judging.checks import values_of
from graders.judging.consequences import is_spoilt_later
from graders.judging.culprits import Culprit
from graders.judging.differences import describe_difference
from graders.judging.evidence import Evidence
from graders.judging.misconceptions import Misconceptions
from graders.judging.same_line import wrong_entry
from graders.judging.scene import Scene
from graders.judging.steps import Judgement
from graders.judging.suspects import Stretch
from graders.messages import CATALOGUE, Lang, at, in_list, place, say
from graders.outcome import Kind, Step, StepSite, Verdict
from graders.sandbox.reply import FaultClaim, Reply

# A message stays one line of a terminal.
_MOST_QUOTED = 60

_DESCRIBED = (Verdict.WRONG_VALUE, Verdict.WRONG_SHAPE)


class Teller:
    """Makes the steps of reports on one exercise."""

    def __init__(self, exercise: Exercise, misconceptions: Misconceptions, lang: Lang) -> None:
        self._steps = exercise.steps
        self._results = {step.name for step in exercise.results}
        self._changes = {step.name for step in exercise.steps if step.updates is not None}
        self._misconceptions = misconceptions
        self._lang = lang

    def steps(
        self, judgements: Sequence[Judgement], evidence: Evidence, reply: Reply, scene: Scene | None
    ) -> list[Step]:
        """Return the steps in the exercise's order."""
        found = {item.name: item for item in judgements}
        wrong = [item.name for item in judgements if item.is_wrong]
        told = [
            self._step(found[name], evidence, reply, scene, wrong)
            # a step within a function may be called as a result is; it is no result of its own
            for name in dict.fromkeys(step.name for step in self._steps)
            if name in found
        ]
        return [self._with_cause(found[step.name], step, told, evidence, scene) for step in told]

    def placed(self, name: str, scene: Scene | None, reply: Reply) -> str:
        """Return what a step is called in the script, with where it stands."""
        called = name if scene is None else scene.students_name(name)
        site = None if scene is None else scene.part_of(name) or scene.site_of(name)
        cell, line = _place(name, site, reply)
        return at(self._lang, called, line, cell)

    def _with_cause(
        self, judgement: Judgement, step: Step, steps: Sequence[Step], evidence: Evidence, scene: Scene | None
    ) -> Step:
        """Return a step that comes from another one's mistake with the name of the one to fix first."""
        key = None
        if step.verdict is Verdict.CORRECT_FROM_EARLIER_MISTAKE:
            key = key_of_carried(judgement, scene)
        elif step.verdict is Verdict.NOT_EVALUATED:
            key = key_of_lacking(step.name, steps, evidence, scene)
        cause = None if key is None else cause_of(step, steps, scene)
        # What returns a value that is not there yet is no place to be mended, and so has no line.
        if key is None or cause is None or (step.verdict is Verdict.NOT_EVALUATED and cause.line is None):
            return step
        first = at(self._lang, cause.name, cause.line, cause.cell)
        return step.replaced(message=say(self._lang, key, first=first))

    def _step(
        self, judgement: Judgement, evidence: Evidence, reply: Reply, scene: Scene | None, wrong: Sequence[str]
    ) -> Step:
        site = None if scene is None else _step_site(judgement, evidence, scene)
        place = (None, None) if site is None and _is_nowhere(judgement, scene) else _place(judgement.name, site, reply)
        cell, line = _fault_place(judgement, evidence, scene) or place
        found = self._misconceptions.name(judgement, evidence) if judgement.is_wrong else None
        # An author's own words about a known mistake say more than anything found out here.
        message = (
            found.message[self._lang] if found is not None else self._message(judgement, evidence, reply, scene, wrong)
        )
        return Step(
            name=judgement.name,
            verdict=judgement.verdict,
            line=line,
            cell=cell,
            site=_described(site),
            misconception=found.id if found is not None else None,
            message=message,
        )

    def _message(
        self, judgement: Judgement, evidence: Evidence, reply: Reply, scene: Scene | None, wrong: Sequence[str]
    ) -> str | None:
        if scene is not None and scene.culprits is not None and judgement.is_wrong:
            return self._about_culprit(judgement, evidence, scene)
        if scene is not None and scene.part_of(judgement.name) is not None:
            return say(self._lang, "step.mends" if len(wrong) == 1 else "step.wrong-here")
        if judgement.verdict in _DESCRIBED:
            return self._about_difference(judgement, evidence, scene, wrong)
        return self._about_none(judgement, evidence) or self._about_name(judgement, reply)

    def _about_none(self, judgement: Judgement, evidence: Evidence) -> str | None:
        """Say of what cannot be judged that it is not there yet, if that is why; else what the verdict says."""
        is_none = judgement.verdict is Verdict.NOT_EVALUATED and evidence.is_open(judgement.name)
        if is_none or evidence.is_always_none(judgement.name):
            return say(self._lang, "step.missing")
        # What is raised on other cases only leaves a value on the lesson's, which is the one that a student sees.
        is_elsewhere = evidence.observations[0].fault is None and judgement.verdict.kind is Kind.STOPPED
        return None if is_elsewhere else self._by_verdict(judgement)

    def _about_name(self, judgement: Judgement, reply: Reply) -> str | None:
        """Say of a right result that it has no such name, which is why its checks fail."""
        if reply.fixed is None or judgement.verdict is not Verdict.CORRECT or judgement.name not in self._results:
            return None
        (word,) = values_of(reply.fixed, judgement.name, 1)
        if not isinstance(word, str) or word != "missing":
            return None
        # What its name would hold in the end is not known of a script that stopped.
        return self._about_stop(reply.fixed.fault_on(0)) or say(self._lang, "step.unnamed", name=judgement.name)

    def _about_difference(
        self, judgement: Judgement, evidence: Evidence, scene: Scene | None, wrong: Sequence[str]
    ) -> str | None:
        """Say in what a value differs from the right one, or else what is known of it."""
        place = None if scene is None else scene.place_of(judgement.name)
        if scene is not None and place is not None and scene.locator.bindings.is_only_begun(place):
            return say(self._lang, "step.begun")
        if is_spoilt_later(judgement, scene):
            return say(self._lang, "step.spoilt-later")
        # Only the first wrong step had right values to go on from, which a difference is told by.
        is_first = wrong[:1] == [judgement.name]
        site = None if scene is None else scene.site_of(judgement.name)
        if (difference := self._in_difference(judgement.name, evidence, site, is_from_right=is_first)) is not None:
            return difference
        if judgement.verdict is Verdict.WRONG_VALUE:
            return say(self._lang, _about_value(judgement.name, wrong, scene))
        return self._by_verdict(judgement)

    def _by_verdict(self, judgement: Judgement) -> str | None:
        # The shape of a change is that of the weights it is added to, whatever layout these have.
        is_change = judgement.name in self._changes and judgement.verdict is Verdict.WRONG_SHAPE
        key = f"step.{judgement.verdict}{'-as' if is_change else ''}"
        return say(self._lang, key) if key in CATALOGUE else None

    def _about_culprit(self, judgement: Judgement, evidence: Evidence, scene: Scene) -> str | None:
        """Say what is known of a place that mends results; where none does, that it could not be decided."""
        culprit = scene.culprit_of(judgement.name)
        if _is_not_there_yet(judgement, evidence, culprit):
            return say(self._lang, "step.missing")
        if culprit is None:
            return self._about_undecided(judgement, evidence, scene.stretches.get(judgement.name))
        if culprit.is_only:
            return say(self._lang, "step.only-here")
        if culprit.is_typed:
            return say(self._lang, "step.typed")
        if culprit.slip is not None:
            key = key_of_slip(culprit.slip.altered, evidence, is_all=culprit.mended >= scene.experiment.wrong)
            text = self._of_place(key, culprit, scene.mended_by(culprit))
        else:
            text = self._about_value_at(culprit, judgement, evidence, scene)
        return self._after_others(text, culprit, scene)

    def _about_undecided(self, judgement: Judgement, evidence: Evidence, stretch: Stretch | None) -> str | None:
        """Say in which lines something must be wrong, if that is known at least; what stopped is told with its line."""
        if judgement.verdict not in (*_DESCRIBED, Verdict.NOT_FINITE):
            return self._about_none(judgement, evidence)
        stopped = self._about_stop(evidence.observations[0].fault)
        if stopped is not None:
            return stopped
        if stretch is None:
            difference = self._in_difference(judgement.name, evidence, None, is_from_right=True)
            return difference or say(self._lang, "step.undecided")
        first, last = (place(line, stretch.cell, self._lang) for line in (stretch.first, stretch.last))
        return say(self._lang, "step.between", first=first, last=last)

    def _about_stop(self, fault: FaultClaim | None) -> str | None:
        """Say where a script stopped, if it did, of a result of which no more is known."""
        if fault is None or fault.line is None:
            return None
        return say(self._lang, "step.stopped", where=place(fault.line, fault.cell, self._lang))

    def _about_value_at(self, culprit: Culprit, judgement: Judgement, evidence: Evidence, scene: Scene) -> str:
        """Say what is known of the value at a place where only the right one is known to mend."""
        if culprit.is_begun:
            return say(self._lang, "step.begun")
        # Of several mistakes none has its results right without the others.
        mended = [] if culprit.is_one_of_several else scene.mended_by(culprit)
        # That a right value makes the step itself right need not be said where it is all.
        is_more = any(name != judgement.name for name in mended)
        told = None if is_more else self._told_difference(judgement, evidence, culprit, scene)
        if not is_more and judgement.verdict is Verdict.WRONG_SHAPE:
            told = told or self._by_verdict(judgement)
        return told or self._of_place("step.mends-here" if is_more else "step.wrong-here", culprit, mended)

    def _of_place(self, key: str, culprit: Culprit, results: Sequence[str]) -> str:
        return say(self._lang, key, source=_cut_to_quote(culprit.source), results=in_list(self._lang, results))

    def _told_difference(self, judgement: Judgement, evidence: Evidence, culprit: Culprit, scene: Scene) -> str | None:
        """Say in what a value differs from the right one, if it is bound on the line to be mended."""
        if judgement.verdict not in _DESCRIBED or scene.step_at(culprit) != judgement.name:
            return None
        return self._in_difference(judgement.name, evidence, scene.site_of(judgement.name), is_from_right=True)

    def _in_difference(self, name: str, evidence: Evidence, site: Site | None, *, is_from_right: bool) -> str | None:
        found = describe_difference(name, evidence, site, is_from_right=is_from_right)
        return None if found is None else say(self._lang, found[0], **found[1])

    def _after_others(self, text: str, culprit: Culprit, scene: Scene) -> str:
        """Return what is said of one of several mistakes, with those to be fixed first."""
        others = [each for each in scene.culprits or () if each != culprit and culprit.is_one_of_several]
        # A value is wrong in any case; a mistake without a result of its own is told of here.
        first = [each for each in others if culprit.slip is not None or not each.mended]
        places = [place(each.line, each.cell, self._lang) for each in first]
        return say(self._lang, "step.after-others", others=in_list(self._lang, places), text=text) if first else text


def _is_not_there_yet(judgement: Judgement, evidence: Evidence, culprit: Culprit | None) -> bool:
    """Tell whether a result has no value yet: what would be right with one depends on all that is open beside it."""
    is_none = judgement.verdict is Verdict.MISSING or evidence.is_always_none(judgement.name)
    return is_none and (culprit is None or not (culprit.is_only or culprit.slip))


def _step_site(judgement: Judgement, evidence: Evidence, scene: Scene) -> Site | Culprit | None:
    """Return where a step stands, or what is to be mended for it in a script that is run whole."""
    # There a wrong result's own line may be right: it only calls what is wrong.
    if scene.culprits is not None and judgement.is_wrong:
        culprit = scene.culprit_of(judgement.name)
        # What returns a value that is not there yet is not to be mended.
        return None if _is_not_there_yet(judgement, evidence, culprit) else culprit
    entry = wrong_entry(judgement.name, scene) if judgement.is_wrong else None
    return scene.part_of(judgement.name) or entry or scene.site_of(judgement.name)


def _is_nowhere(judgement: Judgement, scene: Scene | None) -> bool:
    """Tell whether nothing is known of where a step is to be mended, or would be computed.

    Where a result is bound says nothing about where it went wrong, nor where it was before the script stopped.
    """
    is_open = judgement.is_wrong or judgement.verdict is Verdict.NOT_REACHED
    return scene is not None and scene.culprits is not None and is_open


def _place(name: str, site: Site | Culprit | None, reply: Reply) -> tuple[int | None, int | None]:
    """Return the cell and line of a step."""
    if site is not None:
        return site.cell, site.line
    assert reply.head is not None
    return reply.head.places.get(name, (None, None))


def _fault_place(judgement: Judgement, evidence: Evidence, scene: Scene | None) -> tuple[int | None, int | None] | None:
    """Return the cell and line that stopped the script, for a step that it stopped in."""
    culprit = None if scene is None else scene.culprit_of(judgement.name)
    if judgement.verdict.kind is not Kind.STOPPED or culprit is not None:
        return None
    faults = (item.fault for item in evidence.observations if item.fault is not None and item.fault.kind != NOT_RUN)
    return next(((fault.cell, fault.line) for fault in faults), None)


def _about_value(name: str, wrong: Sequence[str], scene: Scene | None) -> str:
    """Return the key of what is known of a wrong value; the most helpful first."""
    if scene is not None and scene.reads_right(name):
        return "step.from-right"
    # The only wrong step may be known to explain everything.
    is_mended = len(wrong) == 1 and scene is not None and scene.is_mended_by(wrong)
    return "step.mends" if is_mended else "step.wrong-value"


def _cut_to_quote(source: str) -> str:
    words = _on_one_line(source)
    return words if len(words) <= _MOST_QUOTED else words[: _MOST_QUOTED - 1] + "…"


def _on_one_line(source: str) -> str:
    # A backslash at the end of a line only says that it goes on.
    return " ".join(source.replace("\\\n", " ").split())


def _described(site: Site | Culprit | None) -> StepSite | None:
    return None if site is None else StepSite(line=site.line, cell=site.cell, source=_on_one_line(site.source))
