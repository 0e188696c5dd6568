"""Whose fault it is that a process ended, as its status and its times tell."""

import signal

import pytest

from graders.errors import ServerDied
from graders.inside.limiting import CPU_TIMES
from graders.inside.protocol import CONFINED, OUT_OF_MEMORY
from graders.sandbox.execution import Ending, interpret
from graders.sandbox.reply import Execution, Stop

LIMIT_S = 5


def ended(status: int, cpu_s: float = 0.1, *, out_of_time: bool = False) -> Execution:
    ending = Ending(status=status, cpu_s=cpu_s, out_of_time=out_of_time, too_large=False)
    return interpret(CONFINED, ending, cases=2, cpu_limit_s=LIMIT_S)


@pytest.mark.parametrize("name", ["SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT", "SIGTRAP", "SIGSYS"])
def test_a_signal_that_a_computation_raises_is_the_submissions_own(name: str) -> None:
    execution = ended(-signal.Signals[name])
    assert (execution.stop, execution.detail) == (Stop.SIGNAL, name)


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGPWR", "SIGXCPU"])
def test_any_other_signal_came_from_outside_and_is_not_its_fault(name: str) -> None:
    with pytest.raises(ServerDied, match="from outside"):
        ended(-signal.Signals[name])


def test_what_we_end_ourselves_is_not_taken_for_a_kill_from_outside() -> None:
    assert ended(-signal.SIGKILL, out_of_time=True).stop is Stop.WALL


def test_a_used_up_processor_limit_is_told_by_its_signal_or_by_the_time_used() -> None:
    assert ended(-signal.SIGKILL, CPU_TIMES * LIMIT_S).stop is Stop.CPU
    assert ended(-signal.SIGXCPU, CPU_TIMES * LIMIT_S).stop is Stop.CPU


def test_a_process_without_memory_to_reply_says_so_by_its_status() -> None:
    assert ended(OUT_OF_MEMORY).stop is Stop.MEMORY
    assert ended(1).stop is Stop.EXIT
