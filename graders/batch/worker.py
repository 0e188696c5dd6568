"""What a worker of a cluster does: a chunk of submissions in, their reports out, all as bytes.

Each thread of a worker keeps its sandbox for the next chunk, until a run with another setup comes or the worker ends:
a sandbox's server sees the end of its parent.
"""

import platform
import threading
from collections.abc import Sequence
from contextlib import ExitStack

import msgspec
from msgspec import Struct

from graders.batch.alike import taught_by
from graders.batch.graded import Graded, Reporter, telling_all
from graders.errors import UsageError
from graders.exercise.bank import decode_bank, encode_bank
from graders.exercise.loading import load_exercise
from graders.joint_grading import AnyGrader
from graders.messages import Lang
from graders.outcome import Feedback
from graders.reports.making import running_versions
from graders.session import AnyMaterials, Terms, materials_on, open_any
from graders.submission import Submission
from graders.version import VERSION


class _Setup(Struct, frozen=True, kw_only=True):
    """What all chunks of a run share. `versions`: what must be the same here; `bank`: as it is recorded."""

    versions: dict[str, str]
    exercise: str
    exercise_sha256: str
    bank: bytes
    lang: Lang
    formats: Sequence[str]
    feedback: Feedback


class _Opened(threading.local):
    """A thread's sandbox, and the setup it was opened for."""

    def __init__(self) -> None:
        self.setup = b""
        self.stack = ExitStack()

    def opened_for(self, setup: bytes) -> tuple[AnyGrader, Reporter]:
        """Return the grader for a setup, and what makes its reports. Raises UsageError, SandboxUnavailable."""
        if self.setup != setup:
            self.stack.close()
            self.setup = b""
            # if this raises, the thread holds no sandbox of the old setup
            self.grader, self.reporter = _open(msgspec.msgpack.decode(setup, type=_Setup), self.stack)
            self.setup = setup
        return self.grader, self.reporter


_opened = _Opened()


def encode_run(materials: AnyMaterials, terms: Terms, formats: Sequence[str]) -> bytes:
    """Return what a worker has to know of a run."""
    setup = _Setup(
        versions=_versions(),
        exercise=materials.exercise.name,
        exercise_sha256=materials.exercise.sha256,
        bank=encode_bank(materials.bank),
        lang=terms.lang,
        formats=formats,
        feedback=terms.feedback,
    )
    return msgspec.msgpack.encode(setup)


def grade_chunk(setup: bytes, chunk: bytes) -> bytes:
    """Grade submissions, on a worker. Raises UsageError if their reports would differ, SandboxUnavailable."""
    grader, reporter = _opened.opened_for(setup)
    submissions = msgspec.msgpack.decode(chunk, type=list[Submission])
    return msgspec.msgpack.encode([reporter.graded(grader, submission) for submission in submissions])


def encode_chunk(submissions: list[Submission]) -> bytes:
    """Return submissions as `grade_chunk` takes them."""
    return msgspec.msgpack.encode(submissions)


def decode_graded(data: bytes) -> list[Graded]:
    """Return what `grade_chunk` returned."""
    return msgspec.msgpack.decode(data, type=list[Graded])


def _open(setup: _Setup, stack: ExitStack) -> tuple[AnyGrader, Reporter]:
    here = _versions()
    for name, version in setup.versions.items():
        _check_same(name, version, here[name])
    exercise = load_exercise(setup.exercise)
    # The worker reads its own copy: exercises hold the answers, and those do not travel.
    _check_same(f"exercise {exercise.name}", setup.exercise_sha256[:12], exercise.sha256[:12])
    # The bank travels, since another version of Hypothesis would draw other cases.
    bank = decode_bank(setup.bank, exercise, "from the cluster's client")
    terms = telling_all(Terms(isolation="kernel", lang=setup.lang, feedback=setup.feedback))
    grader = stack.enter_context(open_any(materials_on(exercise, bank), terms))
    return grader, Reporter(setup.formats, setup.lang, setup.feedback, taught_by(exercise))


def _versions() -> dict[str, str]:
    return {"grader": VERSION, **running_versions()}


def _check_same(what: str, wanted: str, found: str) -> None:
    if found != wanted:
        raise UsageError(f"worker {platform.node()}: {what} is {found}, expected {wanted}; install the same everywhere")
