"""From what a run came to, to checks: each result on the fixed example and on the bank."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from graders.comparison import Comparison, Expected, rounded_to
from graders.exercise import Array, Exercise
from graders.exercise_file import ExerciseStep
from graders.inside.layouts import Axes
from graders.outcome import Check, On, Verdict, first_in_precedence
from graders.sandbox.execution import Execution, Stop
from graders.sandbox.wire import FaultClaim, Part

_OF_KIND = {
    "forbidden": Verdict.FORBIDDEN,
    "memory": Verdict.MEMORY_LIMIT,
    "output": Verdict.OUTPUT_LIMIT,
    "exit": Verdict.CRASHED,
}
_OF_STOP = {
    Stop.WALL: Verdict.TIMEOUT,
    Stop.CPU: Verdict.TIMEOUT,
    Stop.MEMORY: Verdict.MEMORY_LIMIT,
    Stop.REPLY_TOO_LARGE: Verdict.OUTPUT_LIMIT,
}


class Judged(Struct, frozen=True, kw_only=True, eq=False):
    """A check, and what the notes and the diagnosis need beside it: the comparison on each network."""

    check: Check
    comparisons: Sequence[Comparison] | None = None
    decimals: int | None = None

    @property
    def reduced(self) -> bool:
        """Tell whether it is right only to single precision."""
        return any(comparison.reduced for comparison in self.comparisons or ())


class Answers(Struct, frozen=True, eq=False):
    """The right values of one result: on the fixed example, and on the bank."""

    step: ExerciseStep
    fixed: Expected
    bank: Expected


def judge(execution: Execution, exercise: Exercise, answers: Sequence[Answers]) -> list[Judged]:
    """Judge one run: all results on the fixed example first, then all on the bank."""
    layouts = written_layouts(execution, exercise)
    on_bank = [_judge(execution, item, On.BANK, layouts[item.step.name]) for item in answers]
    on_fixed = [
        _unless_rounded(_judge(execution, item, On.FIXED, layouts[item.step.name]), bank.decimals)
        for item, bank in zip(answers, on_bank, strict=True)
    ]
    return [*on_fixed, *on_bank]


def fault_verdict(fault: FaultClaim) -> Verdict:
    """Return the verdict on what a script raised."""
    return _OF_KIND.get(fault.kind, Verdict.EXCEPTION)


def stop_verdict(execution: Execution) -> Verdict:
    """Return the verdict on a process that did not get to its end."""
    return _OF_STOP.get(execution.stop, Verdict.CRASHED)


def written_layouts(execution: Execution, exercise: Exercise) -> Mapping[str, list[Axes]]:
    """Return for each result the layouts it may have: those in which the student wrote the weights it updates.

    A result that updates none may have the lesson's layout, or that of any given with as many axes: with `x` written
    as a row, each layer is one.
    """
    layouts = {}
    for step in exercise.results:
        ndim = len(exercise.fixed_shape(step))
        lesson: Axes = tuple(range(ndim))
        if step.updates is not None:
            layouts[step.name] = _claimed(execution, step.updates, ndim) or [lesson]
        else:
            alike = [name for name, value in exercise.fixed.items() if value.ndim == ndim]
            claimed = [axes for name in alike for axes in _claimed(execution, name, ndim)]
            layouts[step.name] = list(dict.fromkeys([lesson, *claimed]))
    return layouts


def _claimed(execution: Execution, given: str, ndim: int) -> list[Axes]:
    head = execution.reply.head
    claim = head.givens.get(given) if head is not None else None
    return [axes for axes in claim.layouts if _is_layout(axes, ndim)] if claim is not None else []


def _is_layout(axes: Axes, ndim: int) -> bool:
    return sorted(axis for axis in axes if axis >= 0) == list(range(ndim)) and min(axes, default=0) >= -1


def _judge(execution: Execution, answers: Answers, on: On, layouts: Sequence[Axes]) -> Judged:
    reply = execution.reply
    step, expected = answers.step, answers.fixed if on is On.FIXED else answers.bank
    part = reply.fixed if on is On.FIXED else reply.bank
    if reply.syntax is not None:
        return Judged(check=_check(step, on, expected, Verdict.SYNTAX_ERROR))
    if part is None:
        return Judged(check=_check(step, on, expected, _verdict_without(execution, on)))
    if step.name not in part.columns:
        return Judged(check=_check(step, on, expected, Verdict.CRASHED))
    column = part.columns[step.name]
    if expected.all_equal(column):
        return Judged(check=_check(step, on, expected, Verdict.CORRECT, len(expected.values)))
    comparisons = expected.compare(column, layouts)
    verdicts = [_or_fault(part, index, item.verdict) for index, item in enumerate(comparisons)]
    verdict = first_in_precedence(verdicts)
    decimals = None
    if verdict is Verdict.WRONG_VALUE or (on is On.BANK and any(item.reduced for item in comparisons)):
        decimals = rounded_to(expected.values, column.values())
    if decimals is not None:
        verdict = Verdict.WRONG_VALUE
        verdicts = [Verdict.WRONG_VALUE if item.reduced else item.verdict for item in comparisons]
    check = _check(step, on, expected, verdict, verdicts.count(Verdict.CORRECT))
    return Judged(check=check, comparisons=comparisons, decimals=decimals)


def _or_fault(part: Part, index: int, verdict: Verdict) -> Verdict:
    """Return the fault as the verdict on a value that is missing or unfinished because the script stopped."""
    fault = None if verdict is Verdict.CORRECT else part.fault_on(index)
    return verdict if fault is None else fault_verdict(fault)


def _verdict_without(execution: Execution, on: On) -> Verdict:
    """Return the verdict where no values arrived."""
    reply = execution.reply
    if on is On.BANK and reply.head is not None and reply.fixed is not None and execution.stop is Stop.BY_ITSELF:
        fault = reply.fixed.fault_on(0)
        return Verdict.CANNOT_VARY if reply.head.not_found or fault is None else fault_verdict(fault)
    return stop_verdict(execution)


def _unless_rounded(judged: Judged, decimals: int | None) -> Judged:
    """Take the points from a value right to single precision that is in fact a rounded one."""
    if decimals is None or not judged.reduced:
        return judged
    check = judged.check
    wrong = Check(
        id=check.id,
        result=check.result,
        on=check.on,
        verdict=Verdict.WRONG_VALUE,
        points=0,
        max=check.max,
        networks=check.networks,
        passed=0,
    )
    return Judged(check=wrong, comparisons=judged.comparisons, decimals=decimals)


def _check(step: ExerciseStep, on: On, expected: Expected, verdict: Verdict, passed: int = 0) -> Check:
    assert step.points is not None
    points = step.points.fixed if on is On.FIXED else step.points.bank
    return Check(
        id=f"{on}.{step.name}",
        result=step.name,
        on=on,
        verdict=verdict,
        points=points if verdict is Verdict.CORRECT else 0,
        max=points,
        networks=len(expected.values),
        passed=passed,
    )


def values_of(part: Part, name: str, count: int | None = None) -> list[Array | str]:
    """Return what a name was on each network, or on the first `count`; a name the reply leaves out was missing."""
    column = part.columns.get(name)
    return ["missing"] * len(part.fault_of[:count]) if column is None else column.values(count)
