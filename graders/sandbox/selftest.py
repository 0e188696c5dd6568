"""Prove at start that the walls stand: a canary submission tries eleven forbidden acts, and all must be refused."""

from graders.errors import SandboxUnavailable
from graders.exercise import Exercise
from graders.sandbox.launch import INSIDE
from graders.sandbox.server import KernelSandbox
from graders.sandbox.wire import encode_job

REFUSED = "allowed: nothing\n"


def check_walls(sandbox: KernelSandbox, exercise: Exercise) -> None:
    """Run the canary. Raises SandboxUnavailable with the acts that were allowed."""
    answer = canary_answer(sandbox, exercise)
    if answer != REFUSED:
        raise SandboxUnavailable(f"the kernel sandbox does not hold; {answer.strip() or 'its self-test failed'}")


def canary_answer(sandbox: KernelSandbox, exercise: Exercise) -> str:
    """Return what the canary printed."""
    source = (INSIDE / "canary.py").read_text(encoding="utf-8")
    execution = sandbox.run(encode_job(exercise, [(None, source)]))
    return execution.reply.head.stdout if execution.reply.head is not None else ""
