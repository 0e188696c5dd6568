"""A script too slow for all random cases is graded on those that were run, if they are enough, and told so."""

import ast
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from graders.exercise.asked import Exercise
from graders.inside.faults import describe, never_ending
from graders.inside.protocol import NOT_RUN
from graders.inside.script import _OWN
from graders.inside.watching import WATCH, TimeLimitExceeded
from graders.judging.answers import answers_of
from graders.judging.checks import Answers, Judged, Run, judge
from graders.outcome import On, Verdict
from graders.reports.notes import find_fault
from graders.sandbox.reply import ENOUGH_CASES, Column, Execution, FaultClaim, Part, Reply, Stop
from graders.sandbox.server import KernelSandbox
from graders.session import load_materials
from tests.support.sandboxes import RIGHT, WRONG, grade_text, open_short

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
    WATCH.start(1, _OWN)
    try:
        fault = describe(raised.value, LateFiles())
        with pytest.raises(TimeLimitExceeded):
            WATCH.advance(1, sys._getframe())
    finally:
        WATCH.stop()
    assert (fault["kind"], fault["type"]) == ("exception", "ZeroDivisionError")


ENDLESS = {
    "around a loop that ends": ("while True:\n    for k in range(3):\n        tick()\n", 1),
    "within a loop that would end": ("for k in range(3):\n    while True:\n        tick()\n", 2),
    "over calls that end": ("def f():\n    tick()\n    tick()\nwhile True:\n    k = 1\n    f()\n    tick()\n", 4),
    "in a function that is called in a loop": (
        "def f():\n    while True:\n        tick()\n        tick()\nfor k in range(3):\n    f()\n",
        2,
    ),
    "without a while": ("import itertools\nfor k in itertools.count():\n    tick()\n    tick()\n", 2),
    "where a function calls itself": (
        "def f(n):\n    tick()\n    return f(n - 1) + f(n - 2) if n else 0\nprint(0)\nf(30)\n",
        3,
    ),
    "in a loop that stands around a function": (
        "for k in range(3):\n    def f():\n        while k < 5:\n            tick()\n    f()\n",
        3,
    ),
}


@pytest.mark.parametrize(("text", "line"), ENDLESS.values(), ids=ENDLESS)
def test_wherever_a_tick_finds_an_endless_script_the_loop_that_never_ends_is_told(text: str, line: int) -> None:
    found = set()
    for ticks in range(40, 46):
        WATCH.start(ticks, _OWN)
        with pytest.raises(TimeLimitExceeded):
            exec(compile(text, "<submission>", "exec"), {"tick": lambda: WATCH.advance(1, sys._getframe(1))})
        WATCH.stop()
        found.add(never_ending(WATCH.held, {"<submission>": ast.parse(text)}).get("line"))
    assert found == {line}


def test_of_what_ended_long_before_the_limit_no_frame_is_kept() -> None:
    text = "def f():\n    tick()\nwhile True:\n    f()\n"
    WATCH.start(40, _OWN)
    with pytest.raises(TimeLimitExceeded):
        exec(compile(text, "<submission>", "exec"), {"tick": lambda: WATCH.advance(1, sys._getframe(1))})
    WATCH.stop()
    assert "f" not in [frame.f_code.co_name for frame, _ in WATCH.held]


SECOND = next(line for line in RIGHT.splitlines() if line.startswith("delta_w_i_h ="))
FILLING = "delta_w_i_h = np.zeros(weights_input_hidden.shape)\nwhile True:\n    delta_w_i_h[0] = hidden_error_term\n"
BEFORE = {
    "is missing": (f"while True:\n    pass\n{SECOND}", Verdict.TIMEOUT),
    "is being filled": (FILLING, Verdict.TIMEOUT),
    "comes behind all memory": (
        f"rows = []\nwhile True:\n    rows.append(np.ones(10**7))\n{SECOND}",
        Verdict.MEMORY_LIMIT,
    ),
}


@pytest.mark.parametrize(("text", "verdict"), BEFORE.values(), ids=BEFORE)
def test_a_result_before_a_limit_counts_on_all_cases_and_the_one_that_was_not_reached_on_none(
    text: str, verdict: Verdict
) -> None:
    with open_short(wall_s=20, cases=4) as (grader, _):
        report = grade_text(grader, RIGHT.replace(SECOND, text))
    assert {(check.result, check.verdict) for check in report.checks} == {
        ("delta_w_h_o", Verdict.CORRECT),
        ("delta_w_i_h", verdict),
    }
    assert report.score.points == 50


def test_a_result_that_an_endless_loop_spoils_later_is_right_on_no_case() -> None:
    spoilt = f"{SECOND}\nwhile True:\n    delta_w_i_h *= 0.5\n"
    with open_short(wall_s=20, cases=4) as (grader, _):
        report = grade_text(grader, RIGHT.replace(SECOND, spoilt))
    assert {check.verdict for check in report.checks if check.result == "delta_w_i_h"} == {Verdict.TIMEOUT}


_FIRST = next(line for line in RIGHT.splitlines() if line.startswith("delta_w_h_o ="))
_CHANGES = f"{_FIRST}\n{SECOND}\n"
IN_PLACE = {
    "element by element": (
        "delta_w_h_o = np.zeros(len(weights_hidden_output))\n"
        "delta_w_i_h = np.zeros(weights_input_hidden.shape)\n"
        "for j in range(len(delta_w_h_o)):\n"
        "    delta_w_h_o[j] = learnrate * output_error_term * hidden_layer_output[j]\n"
        "    for i in range(len(x)):\n"
        "        delta_w_i_h[i, j] = learnrate * hidden_error_term[j] * x[i]\n"
    ),
    "under another name": (
        f"{_FIRST}\ndelta_w_i_h = np.zeros_like(weights_input_hidden)\nfor i, value in enumerate(x):\n"
        "    row = delta_w_i_h[i]\n    row += learnrate * hidden_error_term * value\n"
    ),
    "by a function": (
        "def fill(out, a, b):\n    for i in range(len(a)):\n        out[i] = a[i] * b\n"
        f"{_FIRST}\ndelta_w_i_h = np.zeros_like(weights_input_hidden)\n"
        "fill(delta_w_i_h, learnrate * x, hidden_error_term)\n"
    ),
    "as a list": (
        "delta_w_h_o = []\nfor h in hidden_layer_output:\n"
        f"    delta_w_h_o.append(learnrate * output_error_term * h)\n{SECOND}\n"
    ),
    "not at all": _CHANGES,
}
"""Ways to come to both results."""
TAILS = {
    "a loop": "while True:\n    epoch = 0\n",
    "a function's loop": "def train():\n    while True:\n        epoch = 0\ntrain()\n",
    "a loop whose end is caught": "try:\n    while True:\n        epoch = 0\nexcept:\n    print('stopped')\n",
    "output": "for epoch in range(10**8):\n    print(epoch, delta_w_h_o)\n",
    "memory": "rows = []\nwhile True:\n    rows.append(np.ones(10**7))\n",
    "training": "w = weights_hidden_output\nfor epoch in range(100_000):\n    w = w + 1e-9 * np.asarray(delta_w_h_o)\n",
}


def _in_main(text: str) -> str:
    """Return a script in a function, where its results are local."""
    first, rest = text.split("x = ", 1)
    body = "".join(f"    {line}\n" for line in f"x = {rest}".splitlines())
    return f"{first}def main():\n{body}\n\nif __name__ == '__main__':\n    main()\n"


@pytest.mark.long
@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS)
@pytest.mark.parametrize("filling", IN_PLACE.values(), ids=IN_PLACE)
@pytest.mark.parametrize("is_in_main", [False, True], ids=["module", "main"])
def test_what_follows_results_costs_nothing_however_they_were_filled(filling: str, tail: str, is_in_main: bool) -> None:
    text = RIGHT.replace(_FIRST, "").replace(SECOND, filling) + tail
    with open_short(wall_s=20, cases=12) as (grader, _):
        report = grade_text(grader, _in_main(text) if is_in_main else text)
    assert {(check.verdict, check.passed) for check in report.checks if check.on is On.BANK} == {(Verdict.CORRECT, 12)}
    assert report.score.points == 100


@pytest.mark.parametrize("filling", [IN_PLACE["under another name"], IN_PLACE["as a list"]])
def test_what_was_filled_in_place_before_a_limit_counts_on_all_cases(filling: str) -> None:
    text = RIGHT.replace(_FIRST, "").replace(SECOND, filling) + TAILS["output"]
    with open_short(wall_s=20, cases=12) as (grader, _):
        reports = [grade_text(grader, way) for way in (text, _in_main(text))]
    assert [report.score.points for report in reports] == [100, 100]


def test_what_a_loop_without_end_computes_again_and_again_is_done_on_no_case() -> None:
    again = "".join(f"    {line}\n" for line in _CHANGES.splitlines())
    with open_short(wall_s=20, cases=4) as (grader, _):
        report = grade_text(grader, RIGHT.replace(_FIRST, "").replace(SECOND, f"while True:\n{again}    epoch = 1\n"))
    assert {check.verdict for check in report.checks if check.on is On.BANK} == {Verdict.TIMEOUT}


@pytest.mark.parametrize(
    "where", ["while True:\n    pass\n", "while len(x) != 3:\n    pass\n"], ids=["everywhere", "elsewhere"]
)
def test_what_never_ends_is_run_into_its_limit_once(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    ask = KernelSandbox.ask

    def noted(self: KernelSandbox, job: bytes, request: bytes, **options: Any) -> Any:
        asked.append(request)
        return ask(self, job, request, **options)

    monkeypatch.setattr(KernelSandbox, "ask", noted)
    with open_short(wall_s=20, cases=4) as (grader, _):
        report = grade_text(grader, RIGHT.replace("error = target", f"{where}error = target"))
    assert report.verdict is Verdict.TIMEOUT
    assert not asked
    on_bank = {check.cases - check.passed for check in report.checks if check.on is On.BANK}
    assert min(on_bank) >= 3


def test_beside_a_limit_a_wrong_line_is_still_found() -> None:
    with open_short(wall_s=20, cases=4) as (grader, _):
        report = grade_text(grader, WRONG.replace(SECOND, f"while True:\n    pass\n{SECOND}"))
    steps = {step.name: step.verdict for step in report.steps or ()}
    assert steps["error"] is Verdict.WRONG_VALUE
    assert steps["delta_w_i_h"] is Verdict.TIMEOUT
