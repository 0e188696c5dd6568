"""A script too slow for all random cases is graded on those that were run, if they are enough, and told so."""

import sys
from collections.abc import Sequence

import numpy as np
import pytest

from graders.exercise.asked import Exercise
from graders.inside.faults import describe
from graders.inside.protocol import NOT_RUN
from graders.inside.script import _OWN
from graders.inside.watching import WATCH, TimeLimitExceeded
from graders.judging.answers import answers_of
from graders.judging.checks import Answers, Judged, Run, judge
from graders.outcome import On, Verdict
from graders.reports.notes import find_fault
from graders.sandbox.reply import ENOUGH_CASES, Column, Execution, FaultClaim, Part, Reply, Stop
from graders.session import load_materials
from tests.support.sandboxes import RIGHT, grade_text, open_short

COUNT = 6
UNRUN = FaultClaim(kind=NOT_RUN, type="TimeLimitExceeded", message="", line=None, cell=None)


@pytest.fixture(scope="module")
def exercise() -> Exercise:
    return load_materials("backprop", cases=COUNT).exercise


@pytest.fixture(scope="module")
def answers() -> Sequence[Answers]:
    """The right answers on the lesson's case and six others."""
    materials = load_materials("backprop", cases=COUNT)
    cases = [materials.exercise.fixed, *materials.bank.cases]
    return answers_of(materials.exercise, materials.reference, cases, [materials.reference.values(c) for c in cases])


def reply(answers: Sequence[Answers], ran: int, wrong: int | None = None) -> Execution:
    """Return what a script comes to that is run on so many cases; `wrong`: the case on which its numbers are wrong."""
    columns = {}
    for item in answers:
        values = [value + (case == wrong) for case, value in enumerate(item.bank.values[:ran])]
        shapes = [list(value.shape) for value in values] + ["missing"] * (COUNT - ran)
        columns[item.step.name] = Column(shapes, np.concatenate([np.zeros(0), *(value.ravel() for value in values)]))
    fixed = {
        item.step.name: Column([list(item.fixed.values[0].shape)], item.fixed.values[0].ravel()) for item in answers
    }
    bank = Part(columns, [UNRUN], [-1] * ran + [0] * (COUNT - ran))
    return Execution(Reply(confined=True, fixed=Part(fixed, [], [-1]), bank=bank), Stop.BY_ITSELF)


def bank_checks(judged: Sequence[Judged]) -> set[tuple[Verdict, int, int]]:
    checks = [item.check for item in judged if item.check.on is On.BANK]
    return {(check.verdict, check.passed, check.cases) for check in checks}


@pytest.mark.parametrize("ran", range(ENOUGH_CASES, COUNT + 1))
def test_right_wherever_it_was_run_is_right(exercise: Exercise, answers: Sequence[Answers], ran: int) -> None:
    execution = reply(answers, ran)
    judged = judge(execution, exercise, answers)
    assert bank_checks(judged) == {(Verdict.CORRECT, ran, ran)}
    assert Run((), 0, b"", execution, judged).is_right
    assert not Run((), 0, b"", execution, judged).stops_on_bank
    assert find_fault(execution, exercise.limits, "en") is None


def test_wrong_on_one_of_them_is_wrong(exercise: Exercise, answers: Sequence[Answers]) -> None:
    judged = judge(reply(answers, 4, wrong=3), exercise, answers)
    assert bank_checks(judged) == {(Verdict.WRONG_VALUE, 3, 4)}


@pytest.mark.parametrize("ran", range(ENOUGH_CASES))
def test_of_too_few_nothing_is_known_and_the_limit_of_all_runs_is_told(
    exercise: Exercise, answers: Sequence[Answers], ran: int
) -> None:
    execution = reply(answers, ran)
    judged = judge(execution, exercise, answers)
    assert bank_checks(judged) == {(Verdict.TIMEOUT, ran, COUNT)}
    fault = find_fault(execution, exercise.limits, "en")
    assert fault is not None
    assert "all its runs on random numbers together may take 10 s" in fault.message


@pytest.mark.long
def test_a_script_that_computes_long_before_its_results_is_told_on_how_many_cases_it_was_graded() -> None:
    busy = "import time\nstart = time.process_time()\nwhile time.process_time() - start < 0.2:\n    sum(range(1000))\n"
    with open_short(wall_s=20, cases=40) as (grader, _):
        report = grade_text(grader, busy + RIGHT)
        quick = grade_text(grader, RIGHT)
    on_bank = [check for check in report.checks if check.on is On.BANK]
    assert report.verdict is Verdict.CORRECT
    assert report.score.points == 100
    assert {3 <= check.cases == check.passed < 40 for check in on_bank} == {True}
    assert f"graded on {on_bank[0].cases} of 40 random networks" in " ".join(report.notes)
    assert not any("slow" in note for note in quick.notes)


class LateFiles(frozenset[str]):
    """Names of files; whoever asks whether one is among them is found by a tick, long after the time is over."""

    def __contains__(self, _: object) -> bool:
        WATCH.advance(1000, sys._getframe(1))
        return True


def test_no_tick_interrupts_what_describes_an_exception() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        divmod(1, 0)
    WATCH.start(1, None, _OWN)
    try:
        fault = describe(raised.value, LateFiles())
        with pytest.raises(TimeLimitExceeded):
            WATCH.advance(1, sys._getframe())
    finally:
        WATCH.stop()
    assert (fault["kind"], fault["type"]) == ("exception", "ZeroDivisionError")
