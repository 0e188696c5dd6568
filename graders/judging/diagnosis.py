"""Diagnose a submission that is not right: run it on telling cases too, with every step recorded."""

import time
from collections.abc import Callable, Collection, Sequence
from functools import partial

from graders.errors import SandboxError
from graders.exercise.asked import Case, Exercise
from graders.exercise.reference import Reference
from graders.judging.answers import RightValues
from graders.judging.carrying import carried_by_lines, carried_results
from graders.judging.checks import Run, refused_results, values_of
from graders.judging.counterexample import find_counterexample
from graders.judging.evidence import Evidence, Observation
from graders.judging.explaining import Explainer, Explanation
from graders.judging.findings import Diagnosis, NotDiagnosed
from graders.judging.landmarks import Landmarks
from graders.judging.misconceptions import Misconceptions
from graders.judging.own_lines import authors_helpers, lines_alike
from graders.judging.repair import Tried, find_repair
from graders.judging.result_layouts import written_layouts
from graders.judging.rules import rule_of
from graders.judging.scene import Scene, look_at
from graders.judging.steps import Judgement, as_carried
from graders.judging.telling import Teller
from graders.judging.watching import Watch
from graders.messages import Lang, say
from graders.outcome import Counterexample, Feedback, Kind, On, Repair, Step, Verdict
from graders.sandbox.encoding import encode_request
from graders.sandbox.reply import Execution, Part, Reply
from graders.sandbox.sandbox import Sandbox

_TELLING = 20
"""Cases of the bank to diagnose on: all mistakes of a list of 70 were localised with so many (own measurement)."""

_UNFAILED = 6
"""Of these, on which every check is right: what is right there too is told from what is right by chance."""

_OF_EACH = 2
"""Cases on which each result that fails is seen to fail, at least."""

_SHORTEST_S = 1.0
"""On a busy machine a shorter run may end before it has begun."""


SEARCH_S = 20.0
"""So much longer may the search for the line take. What it tries is counted: only a slow script needs it all."""


class Diagnoser:
    """Diagnoses submissions of one exercise; what it needs is made when the first wrong submission comes.

    `ladder`: returns small cases, the simplest first, on which to look for a counterexample.
    """

    def __init__(
        self,
        exercise: Exercise,
        reference: Reference,
        bank: Sequence[Case],
        ladder: Callable[[], Sequence[Case]],
        *,
        lang: Lang,
        feedback: Feedback,
    ) -> None:
        self._exercise = exercise
        self._reference = reference
        self._bank = bank
        self._ladder = ladder
        self._lang = lang
        self._feedback = feedback
        self._names = list(reference.formulas)
        self._results = [step.name for step in exercise.results]
        self._given_lines = frozenset(reference.forward_names)
        self._helpers = authors_helpers([step.name for step in exercise.steps], reference)
        misconceptions = Misconceptions(exercise, reference)
        self._explainer = Explainer(exercise, reference, misconceptions)
        self._teller = Teller(exercise, misconceptions, lang)
        self._rules = {step.name: rule_of(step) for step in exercise.results}
        self._landmarks = Landmarks(reference, list(exercise.givens))
        self._words = _step_words(exercise, self._names)
        lines = reference.whole.use.lines if reference.whole is not None else ()
        self._line_of = {name: number for number, line in enumerate(lines) for name in line.stores}
        self._right = RightValues(reference)

    def diagnose(self, run: Run, sandbox: Sandbox, deadline: float) -> Diagnosis | NotDiagnosed:
        """Say which steps of a run are wrong, and why; `deadline`: when the last run must be over, as monotonic time.

        Where the script can be run on other cases, it is run on telling ones with every step recorded.
        """
        cases = self._cases_for(run)
        execution = self._observe(run, cases, sandbox, deadline)
        if isinstance(execution, NotDiagnosed):
            return execution
        reply = execution.reply
        if reply.head is None or reply.fixed is None:
            return Diagnosis()
        evidence = self._evidence(execution, cases, run)
        watch = self._watch(run, reply, evidence, sandbox, deadline)
        scene = self._scene(watch, run, evidence)
        found = self._explainer.explain(evidence, run, scene)
        carried = self._carried(found, run)
        found = found._replace(judgements=as_carried(found.judgements, carried))
        steps = self._teller.steps(found.judgements, found.evidence, reply, found.scene)
        diagnosis = self._about_given_lines(found, reply)._replace(carried=carried)
        wrong = [item.name for item in found.judgements if self._is_to_mend(item)]
        if not wrong:
            diagnosis = diagnosis._replace(steps=self._from_given_lines(steps, found, reply))
        else:
            climb = partial(self._on_ladder, wrong[0], found.scene, run, sandbox, deadline)
            example = self._counterexample(wrong, found.evidence, climb)
            diagnosis = diagnosis._replace(steps=steps, counterexample=example)
        # Repairs take the longest, so they come last, in what time is left.
        if wrong and watch is not None:
            tried = Tried(self._exercise, run, cases, sandbox, deadline - _SHORTEST_S, watch, self._bank, self._right)
            diagnosis = diagnosis._replace(repair=self._repair(wrong[0], steps, found, tried))
        return diagnosis._replace(is_cut_short=watch is not None and watch.is_cut_short)

    def _cases_for(self, run: Run) -> list[Case]:
        """Return the cases to diagnose on: the fixed example, and telling ones."""
        reply = run.execution.reply
        # A script that cannot be run on other numbers, or has computed nothing, has no more to show.
        if reply.bank is None or self._is_untouched(reply) or run.is_only_late:
            return [self._exercise.fixed]
        return [self._exercise.fixed, *self._telling(run)]

    def _is_to_mend(self, judgement: Judgement) -> bool:
        return judgement.is_wrong and judgement.name not in self._given_lines

    def _is_untouched(self, reply: Reply) -> bool:
        """Tell whether every step is still None: then there is no culprit to search for."""
        # A function that gives None may be finished but for its `return`: there the search goes on.
        if not self._explainer.is_straight or reply.fixed is None or reply.fixed.fault_on(0) is not None:
            return False
        steps = [name for name in self._names if name not in self._given_lines]
        values = [values_of(reply.fixed, name, 1)[0] for name in steps]
        # An array compares with a word element by element, so that must be asked first.
        return all(isinstance(value, str) and value == "none" for value in values)

    def _observe(self, run: Run, cases: Sequence[Case], sandbox: Sandbox, deadline: float) -> Execution | NotDiagnosed:
        """Run on these cases with every step recorded; the first, the fixed example, has been run already."""
        if len(cases) == 1:
            return run.execution
        if _left_s(deadline) < _SHORTEST_S:
            return NotDiagnosed("no-time")
        request = encode_request(self._exercise, cases[1:])
        try:
            execution = sandbox.ask(run.job, request, cases=len(cases) - 1, wall_s=_left_s(deadline))
        except SandboxError:
            return NotDiagnosed("no-diagnosis")
        return NotDiagnosed("no-diagnosis") if execution.reply.more is None else execution

    def _telling(self, run: Run) -> list[Case]:
        """Return cases of the bank, most of them such that a check failed on them."""
        failing = [item.failed for item in run.judged if item.check.on is On.BANK]
        failed = set().union(*failing)
        # Some for every result that fails: what is wrong on the last cases only is not right either.
        firsts = {index for own in failing for index in own[:_OF_EACH]}
        by_result = sorted(failed, key=lambda index: (index not in firsts, index))
        # Failed ones fill what others leave free, and the other way round: a bank may have few of either.
        others = [index for index in range(len(self._bank)) if index not in failed]
        first, more = by_result[: _TELLING - _UNFAILED], by_result[_TELLING - _UNFAILED :]
        kept = [*first, *others[:_UNFAILED], *more, *others[_UNFAILED:]][:_TELLING]
        # What fails comes first: what is right on the first few cases is taken to be right.
        return [self._bank[index] for index in sorted(kept, key=lambda index: (index not in failed, index))]

    def _evidence(self, execution: Execution, cases: Sequence[Case], run: Run) -> Evidence:
        """Return what every step was on the fixed example and on the telling cases."""
        reply = execution.reply
        assert reply.fixed is not None
        observations = self._observations(reply.fixed, cases[:1], self._names, run)
        if reply.more is not None:
            observations += self._observations(reply.more, cases[1:], self._names, run)
        layouts = written_layouts(execution, self._exercise)
        known = (reply.head.settled, reply.head.ongoing) if reply.head is not None else ()
        return Evidence(self._reference, observations, layouts, self._rules, *known)

    def _observations(self, part: Part, cases: Sequence[Case], names: Collection[str], run: Run) -> list[Observation]:
        """Return what these names were on the part's first cases."""
        columns = [values_of(part, name, len(cases)) for name in names]
        rows = zip(cases, *columns, strict=True)
        return [
            Observation(
                case, self._right.on(case, run.judged), dict(zip(names, row, strict=True)), part.fault_on(index)
            )
            for index, (case, *row) in enumerate(rows)
        ]

    def _watch(self, run: Run, reply: Reply, evidence: Evidence, sandbox: Sandbox, deadline: float) -> Watch | None:
        """Run once more with every value observed, if the script can be run on other cases."""
        if reply.more is None:
            return None
        cases = [each.case for each in evidence.observations]
        return Watch(self._exercise, run.job, sandbox, cases, deadline + SEARCH_S)

    def _scene(self, watch: Watch | None, run: Run, evidence: Evidence) -> Scene | None:
        """Find out which of the observed values is which step."""
        if watch is None:
            return None
        alike = lines_alike(run.cells, self._exercise.reference_source)
        return look_at(watch, evidence, self._landmarks, self._words, set(self._results), alike)

    def _about_given_lines(self, found: Explanation, reply: Reply) -> Diagnosis:
        """Name the author's own lines that differ, as the student calls them."""
        placed = {name: self._teller.placed(name, found.scene, reply) for name in self._given_lines_off(found)}
        return Diagnosis(
            # The first alone: what it spoils, and what calls the same wrong function, differs as well.
            wrong_forward=[text for name, text in placed.items() if name not in self._helpers][:1],
            wrong_helpers=[text for name, text in placed.items() if name in self._helpers],
        )

    def _carried(self, found: Explanation, run: Run) -> frozenset[str]:
        """Return the wrong results that earn points for being right from earlier values, if the exercise gives any."""
        # Of a script for its own sizes or in half precision it is not known why values differ.
        if not self._exercise.carried_share or run.is_explained:
            return frozenset()
        refused = refused_results(run.execution.reply.broken, self._exercise)
        carried = carried_results(found, self._results)
        if self._line_of and found.scene is not None:
            carried |= carried_by_lines(found.scene, self._exercise.results, self._line_of)
        return carried - refused

    def _from_given_lines(self, steps: Sequence[Step], found: Explanation, reply: Reply) -> Sequence[Step]:
        """Say of steps, none of which is wrong, which of the author's lines their values were carried from."""
        off = self._given_lines_off(found)
        if not off:
            return steps
        first = self._teller.placed(off[0], found.scene, reply)
        # The forward pass comes first, and what is wrong there explains the helpers, too.
        key = "step.from-helper" if self._helpers.issuperset(off) else "step.from-forward"
        return _with_carried(steps, say(self._lang, key, first=first))

    def _given_lines_off(self, found: Explanation) -> list[str]:
        """Return the author's own lines that differ, in their order."""
        off = [item.name for item in found.judgements if item.verdict.kind is Kind.WRONG]
        # What a missing library would have given is no number; where the script stopped nothing could differ.
        return _with_numbers([name for name in off if name in self._given_lines], found.evidence)

    def _on_ladder(
        self, name: str, scene: Scene | None, run: Run, sandbox: Sandbox, deadline: float
    ) -> Sequence[Observation]:
        """Run on the small cases; a wrong formula may be right there by chance, so nothing else is told by them."""
        if run.execution.reply.bank is None or not (ladder := self._ladder()):
            return ()
        if scene is not None and not scene.may_ask(name):
            values = scene.values_on(ladder, name)
            return [Observation(case, self._right.on(case, run.judged), {name: value}, None) for case, value in values]
        execution = self._observe(run, [self._exercise.fixed, *ladder], sandbox, deadline)
        if isinstance(execution, NotDiagnosed) or execution.reply.more is None:
            if scene is not None:
                scene.watch.lose()
            return ()
        return self._observations(execution.reply.more, ladder, [name], run)

    def _counterexample(
        self, names: Sequence[str], evidence: Evidence, climb: Callable[[], Sequence[Observation]]
    ) -> Counterexample | None:
        """Look at the lesson's own case first, then on the ladder, whose cases are the simplest.

        Where the script stops at the first wrong step, one that has a value on the lesson's case says more.
        """
        # The lesson's numbers are known to the student; after them the smallest, which can be followed by hand.
        lesson, *telling = evidence.observations
        is_wrong_there = evidence.verdict_on(names[0], lesson) is not Verdict.CORRECT
        candidates = [lesson] if is_wrong_there else [lesson, *climb(), *telling]
        first = find_counterexample(names[0], evidence, candidates)
        if first is None or isinstance(first.actual, str):
            others = (find_counterexample(name, evidence, [lesson]) for name in names[1:])
            return next((found for found in others if found is not None and isinstance(found.actual, list)), first)
        return first

    def _repair(self, name: str, steps: Sequence[Step], found: Explanation, tried: Tried) -> Repair | None:
        """Return an edit of the first wrong step, if the level of feedback tells one."""
        if not self._feedback.includes(Feedback.REPAIR):
            return None
        step = next(step for step in steps if step.name == name)
        return find_repair(step, found.scene, found.evidence, tried)


def _with_carried(steps: Sequence[Step], text: str) -> list[Step]:
    """Return the steps, with a text for those that are right for what the student had."""
    carried = Verdict.CORRECT_FROM_EARLIER_MISTAKE
    return [step.replaced(message=text) if step.verdict is carried else step for step in steps]


def _with_numbers(names: Sequence[str], evidence: Evidence) -> list[str]:
    """Return the names that hold numbers on the fixed example."""
    first = evidence.observations[0].actual
    return [name for name in names if not isinstance(first.get(name, "missing"), str)]


def _step_words(exercise: Exercise, names: Sequence[str]) -> dict[str, str]:
    """Return every accepted name with what it stands for."""
    # a step within a function has no one value, and is found by those of its passes
    steps = [step for step in exercise.steps if step.name in names]
    return {word: step.name for step in steps for word in (step.name, *step.also)} | {name: name for name in names}


def _left_s(deadline: float) -> float:
    return deadline - time.monotonic()
