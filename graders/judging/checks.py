"""From what a run came to, to checks: each result on the fixed example and on the bank."""

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from graders.exercise.asked import Exercise
from graders.exercise.content import ExerciseStep
from graders.inside.layouts import Layout
from graders.inside.needing import needed_and_assigned
from graders.inside.parsing import parse_module
from graders.judging.comparison import RIGHT, Comparison, Expected, Value, rounded_to
from graders.judging.result_layouts import written_layouts
from graders.judging.stops import or_fault, verdict_without
from graders.outcome import Check, On, Verdict, first_in_precedence
from graders.sandbox.reply import End, Execution, FaultClaim, Part, Stop


class Judged(NamedTuple):
    """A check, and what the notes and the diagnosis need beside it: the comparison on each case.

    `layout`: the one to name where the shape is wrong. `way`: which of the right answers it was compared with.
    """

    check: Check
    layout: Layout
    comparisons: Sequence[Comparison] | None = None
    decimals: int | None = None
    way: int = 0

    @property
    def reduced(self) -> bool:
        """Tell whether it is right only to single precision."""
        return any(comparison.reduced for comparison in self.comparisons or ())

    @property
    def failed(self) -> list[int]:
        """The cases on which it is not right."""
        comparisons = enumerate(self.comparisons or ())
        return [index for index, comparison in comparisons if comparison.verdict is not Verdict.CORRECT]


class Answers(NamedTuple):
    """The right values of one result: on the fixed example, and on the bank. `others`: answers that are as right.

    `by_line`: the result comes from a line of `use`. `way`: the place among these answers, 0 for the reference's own.
    """

    step: ExerciseStep
    fixed: Expected
    bank: Expected
    others: Sequence["Answers"] = ()
    by_line: bool = False
    way: int = 0

    def check(self, on: On, verdict: Verdict, passed: int = 0) -> Check:
        """Return the check of this result."""
        return Check.of(self.step, on, verdict, passed=passed, count=len(self.expected(on).values))

    def expected(self, on: On) -> Expected:
        """Return the right values that a check is about."""
        return self.fixed if on is On.FIXED else self.bank

    def check_of(self, ran: int) -> Check:
        """Return the check on the bank of a result that is right on the cases on which it was computed."""
        return Check.of(self.step, On.BANK, Verdict.CORRECT, passed=ran, count=ran)


class Sizes(NamedTuple):
    """What a script is written for: dimensions of exactly, or of at least, a length. `line`, `cell`: where it shows."""

    exactly: Mapping[str, int]
    at_least: Mapping[str, int]
    line: int | None = None
    cell: int | None = None

    def fit(self, lengths: Mapping[str, int]) -> bool:
        """Tell whether the script is written for these sizes."""
        return all(lengths[name] == length for name, length in self.exactly.items()) and all(
            lengths[name] >= length for name, length in self.at_least.items()
        )

    def explain(self, lengths: Sequence[Mapping[str, int]], right: Sequence[bool]) -> bool:
        """Tell whether the script is right on those cases that have these sizes, and on no other."""
        return [self.fit(one) for one in lengths] == list(right)


class Run(NamedTuple):
    """A run of a submission, and what it is worth. `reading`: which way to read the script.

    `modules`: sources of the student's own modules.
    """

    cells: Sequence[tuple[int | None, str]]
    reading: int
    job: bytes
    execution: Execution
    judged: Sequence[Judged]
    sizes: Sizes | None = None
    modules: Mapping[str, str] = {}

    @property
    def is_right(self) -> bool:
        """Tell whether every check is right."""
        return all(item.check.verdict is Verdict.CORRECT for item in self.judged)

    def on_edition(self, judged: "Sequence[Judged]") -> "Run":
        """Return the run with the checks of the fixed example as they are on another edition's numbers, if better."""
        # Only the fixed example: the bank has no numbers of any edition.
        pairs = list(zip(self.judged, judged, strict=True))
        better = [
            new if old.check.on is On.FIXED and new.check.points > old.check.points else old for old, new in pairs
        ]
        return self._replace(judged=better)

    @property
    def is_explained(self) -> bool:
        """Tell whether sizes or a type explain why values differ, where the formulas may well be the lesson's."""
        head = self.execution.reply.head
        return self.sizes is not None or (head is not None and any(claim.half for claim in head.givens.values()))

    @property
    def readings(self) -> int:
        """In how many ways the script can be read, as the child says."""
        head = self.execution.reply.head
        return 1 if head is None else head.readings

    @property
    def may_be_misread(self) -> bool:
        """Tell whether another reading may be worth more, or say more.

        On the lesson's numbers all readings give the same, where the script has these numbers. So what is wrong there
        is wrong however the script is read.
        """
        head = self.execution.reply.head
        if head is None or self.is_right:
            return False
        has_other_numbers = head.edition is not None or any(claim.changed for claim in head.givens.values())
        return has_other_numbers or self.stops_on_bank or self._is_right_on_fixed_alone

    @property
    def _is_right_on_fixed_alone(self) -> bool:
        right = {(item.check.result, item.check.on) for item in self.judged if item.check.verdict is Verdict.CORRECT}
        return any(on is On.FIXED and (result, On.BANK) not in right for result, on in right)

    @property
    def stops_on_bank(self) -> bool:
        """Tell whether the script does not come to its end on all cases of the bank."""
        bank = self.execution.reply.bank
        return bank is None or bool(bank.stopping)

    @property
    def is_slow(self) -> bool:
        """Tell whether a run reached a limit of time."""
        return self.execution.stop in (Stop.WALL, Stop.CPU) or any(
            item.check.verdict is Verdict.TIMEOUT for item in self.judged
        )

    @property
    def is_only_late(self) -> bool:
        """Tell whether a limit of time is all that is wrong: what else is to be seen is not worth reaching it again."""
        return {item.check.verdict for item in self.judged} <= {Verdict.CORRECT, Verdict.TIMEOUT}

    @property
    def points(self) -> float:
        """The points of all checks."""
        return sum(item.check.points for item in self.judged)


def judge(execution: Execution, exercise: Exercise, answers: Sequence[Answers]) -> list[Judged]:
    """Judge one run: all results on the fixed example first, then all on the bank."""
    layouts = written_layouts(execution, exercise)
    # Chosen once for both checks: a script means one answer, and not one here and another there.
    answers = [_nearest(execution, item, layouts[item.step.name]) for item in answers]
    on_bank = [_judge_result(execution, item, On.BANK, layouts[item.step.name]) for item in answers]
    on_fixed = [_judge_result(execution, item, On.FIXED, layouts[item.step.name]) for item in answers]
    for index, (item, fixed, bank) in enumerate(zip(answers, on_fixed, on_bank, strict=True)):
        if bank.decimals is not None and fixed.reduced:  # not single precision, but a rounded value
            check = item.check(On.FIXED, Verdict.WRONG_VALUE)
            on_fixed[index] = fixed._replace(check=check, decimals=bank.decimals)
    return refuse_broken(execution.reply.broken, exercise, [*on_fixed, *on_bank])


def refuse_broken(
    broken: Sequence[tuple[str, str, int | None, int | None]], exercise: Exercise, judged: list[Judged]
) -> list[Judged]:
    """Return the checks without the points of right results of functions that break a rule."""
    # A function that breaks a rule loses what it got right by that; what is wrong has its own verdict already.
    refused = refused_results(broken, exercise)
    return [
        item._replace(check=item.check.replaced(verdict=Verdict.NOT_ALLOWED, points=0))
        if item.check.result in refused and item.check.verdict is Verdict.CORRECT
        else item
        for item in judged
    ]


def with_carried(checks: Iterable[Check], carried: Collection[str], share: float) -> list[Check]:
    """Return the checks, with this share of the points on those that a carried result has failed."""
    # Of a wrong value: one that is missing or not a number was never computed from earlier ones.
    return [
        check.replaced(points=check.max * share)
        if check.result in carried and check.verdict in (Verdict.WRONG_VALUE, Verdict.WRONG_SHAPE)
        else check
        for check in checks
    ]


def refused_results(broken: Sequence[tuple[str, str, int | None, int | None]], exercise: Exercise) -> set[str]:
    """Return the results that functions which break a rule give."""
    return set().union(*(_results_of(function, exercise) for function, *_ in broken))


def _results_of(function: str, exercise: Exercise) -> set[str]:
    """Return the results of the lines of `use` that call a function; all, where none does by itself."""
    # A method is called through an object: its last name is all that a line of `use` shows.
    results = {step.name for step in exercise.results}
    called = function.rpartition(".")[2]
    own: set[str] = set()
    for node in parse_module(exercise.use).body:
        parts = list(ast.walk(node))
        names = {part.id if isinstance(part, ast.Name) else getattr(part, "attr", "") for part in parts}
        if called in names:
            own |= results.intersection(needed_and_assigned(node)[1])
    return own or results


def _nearest(execution: Execution, answers: Answers, layouts: Sequence[Layout]) -> Answers:
    """Return the answers that the submission means: of several, those it gives on the most cases."""
    if not answers.others:
        return answers

    def passed(item: Answers) -> int:
        return sum(_judge_result(execution, item, on, layouts).check.passed for on in On)

    return max((answers, *answers.others), key=passed)


def _judge_result(execution: Execution, answers: Answers, on: On, layouts: Sequence[Layout]) -> Judged:
    part = execution.reply.fixed if on is On.FIXED else execution.reply.bank
    if part is None or answers.step.name not in part.columns:
        return Judged(answers.check(on, verdict_without(execution, on)), layouts[0])
    expected, column = answers.expected(on), part.columns[answers.step.name]
    comparisons = _where_it_ran(part, expected.compare(column, layouts))
    count = len(comparisons)
    # The usual case first: nothing more is looked at in a right submission.
    if comparisons.count(RIGHT) == count:
        check = Check.of(answers.step, on, Verdict.CORRECT, passed=count, count=count)
        return Judged(check, layouts[0], comparisons, way=answers.way)
    verdicts = [
        or_fault(item.verdict, _fault_on(part, index, answers), _ends_of(execution, answers, column.shapes[index]))
        for index, item in enumerate(comparisons)
    ]
    verdict = first_in_precedence(verdicts)
    decimals = None
    if _may_be_rounded(answers.step, on, verdict, comparisons):
        decimals = rounded_to(expected.values[:count], column.values(count))
    if decimals is not None:
        verdict = Verdict.WRONG_VALUE
        verdicts = [Verdict.WRONG_VALUE if item.reduced else item.verdict for item in comparisons]
    check = Check.of(answers.step, on, verdict, passed=verdicts.count(Verdict.CORRECT), count=count)
    return Judged(check, layouts[0], comparisons, decimals, answers.way)


def _where_it_ran(part: Part, comparisons: list[Comparison]) -> list[Comparison]:
    """Return the comparisons on the cases that there was time for, if these are enough; else all of them."""
    return comparisons[: part.ran] if part.is_enough and part.ran < len(comparisons) else comparisons


def _may_be_rounded(step: ExerciseStep, on: On, verdict: Verdict, comparisons: Sequence[Comparison]) -> bool:
    """Tell whether to ask if the values are the right ones, rounded."""
    # A form is not rounded; and with `decimals` rounding is asked for.
    if step.exactly or step.decimals is not None:
        return False
    # Rounded to many decimals a value passes as single precision; one case alone cannot tell the two apart.
    return verdict is Verdict.WRONG_VALUE or (on is On.BANK and any(item.reduced for item in comparisons))


def _fault_on(part: Part, index: int, answers: Answers) -> FaultClaim | None:
    # The lines of `use` run by themselves: what one of them raises says nothing about the others.
    return None if answers.by_line else part.fault_on(index)


def _ends_of(execution: Execution, answers: Answers, found: object) -> Sequence[End]:
    """Return behind which lines a value that is there is computed no more."""
    # A name that holds nothing at all may be set in a function that was never called.
    head = execution.reply.head
    return () if head is None or found == "missing" else head.settled.get(answers.step.name, ())


def values_of(part: Part, name: str, count: int | None = None) -> list[Value]:
    """Return what a name was on each case, or on the first `count`; a name the reply leaves out was missing."""
    column = part.columns.get(name)
    return ["missing"] * len(part.fault_of[:count]) if column is None else column.values(count)
