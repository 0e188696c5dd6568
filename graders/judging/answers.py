"""The right values of every result on all cases, and what else is accepted."""

from collections.abc import Mapping, Sequence

from graders.exercise.asked import Array, Case, Exercise
from graders.exercise.reference import Reference
from graders.judging.checks import Answers, Judged
from graders.judging.comparison import Expected
from graders.judging.rules import rule_of


def answers_of(
    exercise: Exercise, reference: Reference, cases: Sequence[Case], values: Sequence[Mapping[str, Array]]
) -> list[Answers]:
    """Return each result's answers; `values`: the reference's on these cases, the first of which is the lesson's."""
    accepted = [reference.accepted(case) for case in cases] if any(step.accept for step in exercise.results) else []
    by_line = bool(exercise.use.strip())
    answers = []
    for step in exercise.results:
        rule = rule_of(step)
        ways = [[value[step.name] for value in values]]
        ways += [[each[step.name][index] for each in accepted] for index in range(len(step.accept))]
        # Each way of being right is whole: it has a fixed example and a bank of its own.
        first, *others = [
            Answers(step, Expected(way[:1], rule), Expected(way[1:], rule), by_line=by_line, way=number)
            for number, way in enumerate(ways)
        ]
        answers.append(first._replace(others=others))
    return answers


class RightValues:
    """Every name's right values on the cases that all submissions share; what a case gives is computed once."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._known: dict[int, tuple[Case, dict[str, Array], dict[str, list[Array]]]] = {}

    def on(self, case: Case, judged: Sequence[Judged]) -> dict[str, Array]:
        """Return the right values on a case: of several answers those that the submission means."""
        if id(case) not in self._known:  # kept with its values, so that the number stays its own
            self._known[id(case)] = case, self._reference.values(case), self._reference.accepted(case)
        _, values, accepted = self._known[id(case)]
        ways = {item.check.result: item.way for item in judged}
        return values | {name: accepted[name][way - 1] for name, way in ways.items() if way}
