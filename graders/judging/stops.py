"""Whether what stopped a script is why a value is missing or wrong, and the verdict it is then."""

from graders.inside.protocol import NOT_RUN
from graders.judging.comparison import OF_FAULT
from graders.outcome import On, Verdict
from graders.sandbox.reply import Execution, FaultClaim, Stop

Line = tuple[int | None, int]
"""A cell, if there are any, and a line."""

_OF_STOP = {
    Stop.WALL: Verdict.TIMEOUT,
    Stop.CPU: Verdict.TIMEOUT,
    Stop.MEMORY: Verdict.MEMORY_LIMIT,
    Stop.REPLY_TOO_LARGE: Verdict.OUTPUT_LIMIT,
}


def fault_verdict(fault: FaultClaim) -> Verdict:
    """Return the verdict on what a script raised."""
    if fault.kind == NOT_RUN:  # the earlier cases took all the time
        return Verdict.TIMEOUT
    return OF_FAULT.get(fault.kind, Verdict.EXCEPTION)


def stop_verdict(execution: Execution) -> Verdict:
    """Return the verdict on a process that did not get to its end."""
    return _OF_STOP.get(execution.stop, Verdict.CRASHED)


def or_fault(verdict: Verdict, fault: FaultClaim | None, place: Line | None) -> Verdict:
    """Return the fault as the verdict on a value that is missing or unfinished because the script stopped.

    `place`: see `is_past`.
    """
    if fault is None or verdict is Verdict.CORRECT:
        return verdict
    return verdict if is_past(place, fault) else fault_verdict(fault)


def is_past(place: Line | None, fault: FaultClaim) -> bool:
    """Tell whether a script had gone past a line when it stopped: then the stop is not why a value is wrong.

    `place`: the line behind which the value is computed no more.
    """
    if place is None or fault.line is None or fault.kind == NOT_RUN:
        return False
    return (place[0] or 0, place[1]) < (fault.cell or 0, fault.line)


def verdict_without(execution: Execution, on: On) -> Verdict:
    """Return the verdict where no values of a result arrived."""
    # The most certain reason first; what ended the process stands for all that is not known.
    reply = execution.reply
    if reply.syntax is not None:
        return Verdict.SYNTAX_ERROR
    if (reply.fixed if on is On.FIXED else reply.bank) is not None:
        return Verdict.CRASHED  # a reply that leaves a result out
    if on is On.BANK and reply.head is not None and reply.fixed is not None and execution.stop is Stop.BY_ITSELF:
        fault = reply.fixed.fault_on(0)
        return Verdict.CANNOT_VARY if reply.head.not_found or fault is None else fault_verdict(fault)
    return stop_verdict(execution)
