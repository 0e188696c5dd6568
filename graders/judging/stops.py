"""Whether what stopped a script is why a value is missing or wrong, and the verdict it is then."""

from collections.abc import Sequence

from graders.inside.protocol import NOT_RUN
from graders.judging.comparison import OF_FAULT
from graders.outcome import On, Verdict
from graders.sandbox.reply import End, Execution, FaultClaim, Stop

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


def or_fault(verdict: Verdict, fault: FaultClaim | None, ends: Sequence[End]) -> Verdict:
    """Return the fault as the verdict on a value that is missing or unfinished because the script stopped.

    `ends`: see `is_past`.
    """
    if fault is None or verdict is Verdict.CORRECT:
        return verdict
    return verdict if is_past(ends, fault) else fault_verdict(fault)


def is_past(ends: Sequence[End], fault: FaultClaim) -> bool:
    """Tell whether a script had gone past a value when it stopped: then the stop is not why the value is wrong.

    `ends`: behind which lines the value is computed no more; of one that nobody can tell this of there are none.
    """
    return fault.kind != NOT_RUN and bool(ends) and all(_is_behind(end, fault.trail) for end in ends)


def _is_behind(end: End, trail: Sequence[tuple[int | None, int]]) -> bool:
    """Tell whether the script stopped behind a line, in the function that this stands in or on the outermost level."""
    cell, line, first, last = end
    # `train()` may stand above the results that come before its call: what counts is where it was called.
    there = (at for at in trail if not last or (at[0] == cell and first <= at[1] <= last))
    stopped = next(there, None)
    return stopped is not None and (cell or 0, line) < (stopped[0] or 0, stopped[1])


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
