"""The targets of `python -m tests.fuzz`, for a moment each; and fuzzing itself finds what it is to find."""

import subprocess
import sys

import pytest
from hypothesis import given, settings

from graders.exercise.loading import root
from graders.outcome import Verdict
from graders.sandbox.reply import Reply
from graders.sandbox.wire import decode_reply
from tests.fuzz import __main__ as command
from tests.fuzz.seeds import seeds
from tests.fuzz.strategies import inputs
from tests.fuzz.targets import CASES, TARGETS, check_wire, forged_report
from tests.support.forging import frames


def test_the_command_names_every_target() -> None:
    assert set(command.TARGETS) == set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_no_seed_and_no_other_input_raises_anything(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)

    @settings(max_examples=25 if target == "report" else 75)
    @given(inputs(target))
    def check(data: bytes) -> None:
        TARGETS[target](data)

    check()


def test_seeds_are_whole_replies_that_lead_through_the_whole_grader() -> None:
    replies = [reply for seed in seeds("wire") for reply in frames(seed, CASES, CASES)]
    decoded = [decode_reply(reply, CASES, more=CASES) for reply in replies]
    assert all(reply.confined for reply in decoded)
    assert any(reply.more is not None for reply in decoded)
    reports = [forged_report(seed) for seed in seeds("report")]
    assert {Verdict.SYNTAX_ERROR, Verdict.EXCEPTION, Verdict.WRONG_VALUE} <= {report.verdict for report in reports}
    assert any(report.counterexample is not None for report in reports)


def test_a_defect_in_the_decoder_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode_carelessly(data: bytes, cases: int, more: int) -> Reply:
        if b"[[[[" in data:
            raise RecursionError("nested too deeply")
        return decode_reply(data, cases, more=more)

    monkeypatch.setattr("tests.fuzz.targets.decode_reply", decode_carelessly)

    @settings(max_examples=1000)
    @given(inputs("wire"))
    def check(data: bytes) -> None:
        check_wire(data)

    with pytest.raises(RecursionError, match="nested too deeply"):
        check()


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS)
def test_fuzzing_guided_by_coverage_finds_nothing_in_half_a_minute(target: str) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed; it is in the extra `fuzz`")
    arguments = [sys.executable, "-m", "tests.fuzz", target, "--seconds", "30"]
    ended = subprocess.run(arguments, cwd=root(), capture_output=True, text=True, check=False)
    assert "no defect found" in ended.stdout, ended.stderr[-2000:]
