"""What fuzzing starts from: sample submissions, and what the sandboxed program replies to them."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from graders.exercise.asked import Case
from graders.exercise.loading import load_exercise
from graders.inside.arrays import RAW
from graders.inside.protocol import LENGTHS, split
from graders.sandbox.encoding import encode_job, encode_request, encode_setup
from graders.sandbox.launch import command, environment

SAMPLES = Path(__file__).parent.parent / "submissions" / "backprop"
_HARMLESS = """
    activation_swapped_for_tanh delta_ho_no_learnrate delta_ih_missing_column delta_ih_plain_error error_sign_plain
    exception_argument_missing exception_square_only syntax_merge_conflict
""".split()
"""Samples whose replies are seeds; they are run without walls."""

_EVERY = 12  # of the sample scripts
_NUMBERS = 40  # of a frame


def seeds(target: str) -> list[bytes]:
    """Return the seeds of a target, shortest first."""
    match target:
        case "script":
            found = [path.read_bytes() for path in sorted(SAMPLES.rglob("*.py"))[::_EVERY]]
        case "notebook":
            found = [path.read_bytes() for path in sorted(SAMPLES.rglob("*.ipynb"))]
        case _:
            found = list(_documents())
    return sorted((seed for seed in found if len(seed) < 20_000), key=len)


@cache
def _documents() -> tuple[bytes, ...]:
    """Return real replies in the form that `targets.frames` takes: of a run, a request for more, and a repair."""
    documents, fixed = [], load_exercise("backprop").fixed
    for name in _HARMLESS:
        text = (SAMPLES / "wrong" / f"{name}.py").read_text(encoding="utf-8", errors="replace")
        line = next((number for number, row in enumerate(text.splitlines(), 1) if row.startswith("error =")), 1)
        repair = _answer(text, repair=("error", line, None, 1), cases=[fixed])
        replies = [list(_frames(data)) for data in (_answer(text), _answer(text, more=[fixed]), repair)]
        numbers = [float(number) for _, raw in replies[0] for number in np.frombuffer(raw, RAW)[:_NUMBERS]]
        heads = [[head for head, _ in reply] for reply in replies]
        documents.append(json.dumps({"numbers": numbers, "replies": heads}).encode())
    return tuple(documents)


def _answer(source: str, *, more: Sequence[Case] = (), **job: Any) -> bytes:
    """Return all that the sandboxed program writes, run on the fixed example and one case, and asked for more."""
    exercise = load_exercise("backprop")
    setup = encode_setup(exercise, ["output", *(step.name for step in exercise.steps)], [exercise.fixed] * 2)
    asked = setup + encode_job(exercise, [(None, source)], **job) + (encode_request(exercise, more) if more else b"")
    return subprocess.run(
        command("once", os.getpid()), input=asked, env=environment(), capture_output=True, check=True
    ).stdout


def _frames(reply: bytes) -> Iterator[tuple[dict[str, Any], bytes]]:
    while reply:
        yield split(reply)
        reply = reply[LENGTHS.size + sum(LENGTHS.unpack_from(reply)) :]
