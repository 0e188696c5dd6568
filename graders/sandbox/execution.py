"""Put the reply and the way the process ended together."""

import signal
from typing import NamedTuple

from graders.errors import SandboxError
from graders.sandbox.reply import NOTHING, Execution, Reply, Stop
from graders.sandbox.wire import MalformedReplyError, decode_reply

_MOST_OF = 0.75
"""The kernel counts the processor time it limits in ticks, and that it reports exactly; they differ by some."""


class Ending(NamedTuple):
    """How the process ended, as its parent saw it: exit status, negative for a signal."""

    status: int
    cpu_s: float | None
    out_of_time: bool
    too_large: bool


def interpret(
    data: bytes, ending: Ending, *, networks: int, cpu_limit_s: int, more: int = 0, before: Reply = NOTHING
) -> Execution:
    """Put reply and ending together; see `decode_reply`. A reply that cannot be read is the submission's doing."""
    try:
        reply = decode_reply(data, networks, more=more, before=before)
    except MalformedReplyError as error:
        return Execution(reply=Reply(confined=True), stop=Stop.TAMPERED, detail=str(error))
    if ending.out_of_time:
        return Execution(reply=reply, stop=Stop.WALL)
    if ending.too_large:
        return Execution(reply=reply, stop=Stop.REPLY_TOO_LARGE)
    if ending.status < 0:
        used_up = ending.cpu_s is not None and ending.cpu_s >= _MOST_OF * cpu_limit_s
        if used_up and -ending.status in (signal.SIGKILL, getattr(signal, "SIGXCPU", 0)):
            return Execution(reply=reply, stop=Stop.CPU)
        return Execution(reply=reply, stop=Stop.SIGNAL, detail=_signal_name(-ending.status))
    if ending.status or not _is_finished(reply, more):
        return Execution(reply=reply, stop=Stop.EXIT, detail=str(ending.status))
    return Execution(reply=reply, stop=Stop.BY_ITSELF)


def require_start(execution: Execution) -> Execution:
    """Raise SandboxError if the process ended before it could begin with the submission: that is not its doing."""
    reply = execution.reply
    if reply.failed is None and reply.confined:
        return execution
    reason = (reply.failed or f"it ended with {execution.detail or execution.stop}").strip().splitlines()[-1]
    raise SandboxError(f"a submission's process could not be locked in: {reason}")


def _is_finished(reply: Reply, more: int) -> bool:
    """Tell whether the child said all it had to say; without the bank only where the script cannot be run on it."""
    if reply.bank is not None:
        return not more or reply.more is not None
    if reply.syntax is not None or reply.repair is not None:
        return True
    if reply.head is None or reply.fixed is None:
        return False
    return bool(reply.head.not_found) or any(fault.kind == "output" for fault in reply.fixed.faults)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
