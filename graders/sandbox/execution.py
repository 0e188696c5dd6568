"""How a run went: the reply, and how the process ended.

What is known of it grows on its way out, one record for each stage:

    record       made by              says
    Said         `child.Child.ask`    the bytes a child wrote, and whether it waits to be asked more
    Ending       the sandbox          how its process ended, as the system tells it
    Reply        `wire.decode_reply`  what the bytes claim
    Stop         `interpret`          one word for what ended the process, and so for whose fault it is
    Execution    `interpret`          reply and stop: all that judging sees
"""

import signal
from typing import NamedTuple

from graders.errors import SandboxError, ServerDied
from graders.inside.limiting import CPU_TIMES, LIMITS
from graders.inside.protocol import OUT_OF_MEMORY
from graders.sandbox.observed import MalformedReplyError
from graders.sandbox.reply import NOTHING, Execution, Reply, Stop
from graders.sandbox.wire import decode_reply

# The kernel counts the processor time it limits in ticks, and that it reports exactly; they differ by some.
_MOST_OF = 0.75

# Signals that a process brings upon itself by what it computes or calls; all others are sent from outside.
_OWN_DOING = {"SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGTRAP", "SIGSYS", "SIGABRT"}

_KILLED_FROM_OUTSIDE = (
    "a submission's process was killed from outside, as the system does when memory runs out; run fewer at a time "
    "(--jobs), or give the machine or container more memory"
)


class Ending(NamedTuple):
    """How the process ended, as its parent saw it: exit status, negative for a signal. 0 where it still waits."""

    status: int
    cpu_s: float | None
    out_of_time: bool
    too_large: bool


def interpret(
    data: bytes, ending: Ending, *, cases: int, cpu_limit_s: int, more: int = 0, before: Reply = NOTHING
) -> Execution:
    """Put reply and ending together; see `decode_reply`. A reply that cannot be read is the submission's doing.

    Raises ServerDied if the process was killed from outside.
    """
    try:
        reply = decode_reply(data, cases, more=more, before=before)
    except MalformedReplyError as error:
        return Execution(reply=Reply(confined=True), stop=Stop.TAMPERED, detail=str(error))
    stop, detail = _stop(ending, cpu_limit_s)
    # Status 0 alone proves nothing: `os._exit(0)` in a submission gives it, too.
    if stop is Stop.BY_ITSELF and not _is_finished(reply, more):
        stop, detail = Stop.EXIT, "0"
    return Execution(reply=reply, stop=stop, detail=detail)


def require_start(execution: Execution) -> Execution:
    """Raise SandboxError if the process ended before it could begin with the submission: that is not its doing."""
    reply = execution.reply
    if reply.failed is None and reply.confined:
        return execution
    # The last line of a traceback says what went wrong.
    reason = (reply.failed or f"it ended with {execution.detail or execution.stop}").strip().splitlines()[-1]
    raise SandboxError(f"a submission's process could not be locked in: {reason}")


def _stop(ending: Ending, cpu_limit_s: int) -> tuple[Stop, str]:
    """Return what ended the process, and the detail. What we did ourselves comes first: it kills by a signal, too."""
    if ending.out_of_time:
        return Stop.WALL, ""
    if ending.too_large:
        return Stop.REPLY_TOO_LARGE, ""
    if ending.status < 0:
        return _stop_by_signal(_signal_name(-ending.status), ending.cpu_s, cpu_limit_s)
    if ending.status == OUT_OF_MEMORY:
        return Stop.MEMORY, ""
    return (Stop.EXIT, str(ending.status)) if ending.status else (Stop.BY_ITSELF, "")


def _stop_by_signal(name: str, cpu_s: float | None, cpu_limit_s: int) -> tuple[Stop, str]:
    used_up = cpu_s is not None and cpu_s >= _MOST_OF * CPU_TIMES * cpu_limit_s
    if name in ("SIGKILL", "SIGXCPU") and used_up:
        return Stop.CPU, ""
    if name in _OWN_DOING:
        return Stop.SIGNAL, name
    raise ServerDied(_KILLED_FROM_OUTSIDE)  # a confined process can send no signal, not even to itself


def _is_finished(reply: Reply, more: int) -> bool:
    """Tell whether the child said all it had to say; without the bank only where the script cannot be run on it."""
    if reply.bank is not None:
        return not more or reply.more is not None or reply.observed is not None
    if reply.syntax is not None or reply.repair is not None:
        return True
    if reply.head is None or reply.fixed is None:
        return False
    # Without the givens, or where the first run used up a limit, the bank is not begun.
    return bool(reply.head.not_found) or any(fault.kind in LIMITS for fault in reply.fixed.faults)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
