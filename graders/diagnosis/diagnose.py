"""Diagnose a submission that is not right: run on telling networks too, with every step recorded."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from graders.answers import Reference
from graders.diagnosis.counterexample import find_counterexample, get_ladder
from graders.diagnosis.evidence import Evidence, Observation
from graders.diagnosis.misconceptions import Misconceptions, wrong_steps
from graders.diagnosis.steps import Judgement, judge_steps
from graders.exercise import Array, Exercise, Network
from graders.judging import values_of, written_layouts
from graders.messages import CATALOGUE, Lang, say
from graders.outcome import Counterexample, Repair, Step, Verdict
from graders.sandbox.execution import Execution
from graders.sandbox.wire import Part, Reply

_TELLING = 20
"""Networks of the bank to diagnose on: all mistakes of a list of 70 were localised with so many (own measurement)."""


class Diagnosis(Struct, frozen=True, kw_only=True, eq=False):
    """What the report says beyond the checks; `wrong_forward`: names of the forward pass that are not the lesson's."""

    steps: list[Step] = []
    counterexample: Counterexample | None = None
    wrong_forward: list[str] = []
    repair: Repair | None = None
    evidence: Evidence | None = None
    first_wrong: Step | None = None


class Diagnoser:
    """Diagnoses submissions of one exercise; what it needs is made when the first wrong submission comes."""

    def __init__(self, exercise: Exercise, reference: Reference, *, lang: Lang) -> None:
        self._exercise = exercise
        self._reference = reference
        self._lang = lang
        self._names = [*reference.forward_names, *(step.name for step in exercise.steps)]
        self._results = [step.name for step in exercise.results]
        self._changes = {step.name for step in exercise.steps if step.updates is not None}
        self._misconceptions = Misconceptions(exercise, reference)
        self._ladder = get_ladder(exercise, reference)
        self._known: dict[int, tuple[Network, dict[str, Array]]] = {}

    def networks(self, bank: Sequence[Network], failed: Sequence[int]) -> list[Network]:
        """Return the networks to run on: the fixed example, telling ones of the bank (failed ones first), ladder."""
        others = [index for index in range(len(bank)) if index not in set(failed)]
        kept = [*failed[: _TELLING - 6], *others[:6], *failed[_TELLING - 6 :], *others[6:]][:_TELLING]
        return [self._exercise.fixed, *(bank[index] for index in sorted(kept)), *self._ladder]

    def diagnose(self, execution: Execution, networks: Sequence[Network], wrong_results: Collection[str]) -> Diagnosis:
        """Diagnose a run on `networks` (the first is the fixed example); `wrong_results` failed a check."""
        reply = execution.reply
        if reply.head is None or reply.fixed is None:
            return Diagnosis()
        observations = self._observations(reply.fixed, networks[:1], self._names)
        if reply.more is not None:
            telling = networks[1 : len(networks) - len(self._ladder)]
            observations += self._observations(reply.more, telling, self._names)
        evidence = Evidence(self._reference, observations, written_layouts(execution, self._exercise))
        judgements = [
            replace(item, verdict=Verdict.WRONG_VALUE)  # such as one rounded so little that it passes here
            if item.name in wrong_results and item.verdict is Verdict.CORRECT
            else item
            for item in judge_steps(evidence, self._names, self._results)
        ]
        forward = set(self._reference.forward_names)
        wrong = [item for item in wrong_steps(judgements) if item.name not in forward]
        steps = [self._step(item, evidence, reply) for item in judgements if item.name not in forward]
        if not wrong:  # then it is the forward pass that they were carried from
            text = say(self._lang, "step.from-forward")
            carried = Verdict.CORRECT_FROM_EARLIER_MISTAKE
            steps = [replace(step, message=text) if step.verdict is carried else step for step in steps]
        return Diagnosis(
            steps=steps,
            counterexample=self._counterexample(wrong[0].name, evidence, reply, networks) if wrong else None,
            wrong_forward=[item.name for item in judgements if item.name in forward and item.is_wrong],
            evidence=evidence,
            first_wrong=next((step for step in steps if wrong and step.name == wrong[0].name), None),
        )

    def _counterexample(
        self, name: str, evidence: Evidence, reply: Reply, networks: Sequence[Network]
    ) -> Counterexample | None:
        """Look on the ladder first, whose networks are the simplest."""
        ladder: list[Observation] = []
        if reply.more is not None:
            ladder = self._observations(reply.more, networks[1:], [name])[len(networks) - 1 - len(self._ladder) :]
        return find_counterexample(name, evidence, [*ladder, *evidence.observations])

    def _observations(self, part: Part, networks: Sequence[Network], names: Collection[str]) -> list[Observation]:
        """Return what these names were on the part's first networks."""
        columns = [values_of(part, name, len(networks)) for name in names]
        rows = zip(networks, *columns, strict=True)
        return [
            Observation(network, self._right(network), dict(zip(names, row, strict=True)), part.fault_on(index))
            for index, (network, *row) in enumerate(rows)
        ]

    def _right(self, network: Network) -> dict[str, Array]:
        """Return the right values on one of the networks that all submissions share; computed once."""
        if id(network) not in self._known:  # kept with its values, so that the number stays its own
            self._known[id(network)] = network, self._reference.values(network)
        return self._known[id(network)][1]

    def _step(self, judgement: Judgement, evidence: Evidence, reply: Reply) -> Step:
        assert reply.head is not None
        cell, line = reply.head.places.get(judgement.name, (None, None))
        if judgement.verdict is Verdict.EXCEPTION:
            faults = [item.fault for item in evidence.observations if item.fault is not None]
            cell, line = (faults[0].cell, faults[0].line) if faults else (cell, line)
        found = self._misconceptions.name(judgement, evidence) if judgement.is_wrong else None
        return Step(
            name=judgement.name,
            verdict=judgement.verdict,
            line=line,
            cell=cell,
            misconception=found.id if found is not None else None,
            message=found.message[self._lang] if found is not None else self._message(judgement),
        )

    def _message(self, judgement: Judgement) -> str | None:
        is_change = judgement.name in self._changes and judgement.verdict is Verdict.WRONG_SHAPE
        key = f"step.{judgement.verdict}{'-as' if is_change else ''}"
        return say(self._lang, key) if key in CATALOGUE else None
