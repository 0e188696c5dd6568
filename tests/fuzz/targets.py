"""What is fuzzed: a target takes any bytes and returns; whatever it raises is a defect of the grader's.

    wire      the decoder of replies, on bytes and on frames made of JSON (see `frames`)
    report    the whole way from a forged reply to a report in every format
    script    the reader of scripts, then the sandboxed parser and rewriter
    notebook  the same for notebooks

A submission can send any reply, so everything behind the decoder is in reach of it too.
"""

import io
import json
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import cache
from itertools import cycle, islice
from typing import Any

import numpy as np

from graders.answers import Reference
from graders.exercise import Network, load_exercise
from graders.grading import Grader
from graders.inside.arrays import RAW
from graders.inside.cells import Cell, Exercise, select
from graders.inside.protocol import LENGTHS
from graders.inside.rewriting import Names, rewrite
from graders.networks import Bank
from graders.outcome import Feedback, Report, Verdict
from graders.reports import formats
from graders.reports.endings import endings
from graders.sandbox.execution import Ending, interpret
from graders.sandbox.reply import Execution, Part
from graders.sandbox.wire import MalformedReplyError, decode_reply
from graders.submission import Submission, decode_submission
from graders.terminal import show

NETWORKS = 3
_FORMATS = [name for name in endings() if name != "classroom50"]  # that one holds numbers only
MAX_REPORT_BYTES = 200_000
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SUBMISSION = Submission(file="a.py", sha256="", cells=[(None, "error = 1\n")])
_ENDED = Ending(status=0, cpu_s=0.1, out_of_time=False, too_large=False)


def check_wire(data: bytes) -> None:
    """Decode: either a reply comes out, or the decoder's own error."""
    for reply in (data, *islice(frames(data, NETWORKS, NETWORKS), 1)):
        try:
            decoded = decode_reply(reply, NETWORKS, more=NETWORKS)
        except MalformedReplyError:
            continue
        for part in (decoded.fixed, decoded.bank, decoded.more, decoded.repair and decoded.repair.part):
            if isinstance(part, Part):
                assert all(len(column.values()) == len(part.fault_of) for column in part.columns.values())


def check_report(data: bytes) -> None:
    """Grade a submission whose every run is answered by the next forged reply, and write it in every format."""
    check_formats(forged_report(data), _SUBMISSION)


def forged_report(data: bytes) -> Report:
    """Return the report on a submission whose runs are answered by these replies."""
    grader, sandbox = _forged()
    sandbox.data, sandbox.runs = data, 0
    return grader.grade(_SUBMISSION)


def check_formats(report: Report, submission: Submission) -> None:
    """Assert that a report is bounded and visible in every format and on the terminal."""
    assert report.verdict is not Verdict.NOT_GRADED or "locked in" in str(report.fault)
    with redirect_stdout(io.StringIO()) as terminal:
        show(report, "walls", "en", notice=False)
    texts = [formats.dump(name, report, "en", submission.cells).decode() for name in _FORMATS]
    for text in (*texts, terminal.getvalue()):
        assert len(text) < MAX_REPORT_BYTES
        assert not {character for character in text if unicodedata.category(character) in _INVISIBLE} - {"\n"}


def check_script(data: bytes) -> None:
    """Read and parse a script."""
    _check_source(decode_submission("a.py", data))


def check_notebook(data: bytes) -> None:
    """Read and parse a notebook."""
    _check_source(decode_submission("a.ipynb", data))


def _check_source(submission: Submission) -> None:
    assert bool(submission.cells) != bool(submission.unreadable)
    names, exercise = _words()
    try:
        with warnings.catch_warnings(action="ignore"):
            rewrite(
                select([Cell(number=number, source=source) for number, source in submission.cells], exercise), names
            )
    except (SyntaxError, ValueError, MemoryError, RecursionError):  # what `inside.running.run` reports
        return


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "wire": check_wire,
    "report": check_report,
    "script": check_script,
    "notebook": check_notebook,
}


def frames(data: bytes, networks: int, more: int = 0) -> Iterator[bytes]:
    """Return the replies that a JSON document describes: `{"numbers": [...], "replies": [[head, ...], ...]}`.

    A part with one value is repeated for all networks, and the numbers for all shapes, so that a fuzzer gets past
    the checks of their counts; any other count is left as it is. A head that is a text is sent as it stands.
    """
    try:
        document = json.loads(data)
        numbers = np.array(document["numbers"], RAW).ravel()
        replies = [list(reply) for reply in document["replies"]]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return
    for reply in replies:
        yield b"".join(_frame(head, numbers, networks, more) for head in reply)


def _frame(head: Any, numbers: Any, networks: int, more: int) -> bytes:
    size = 0
    if isinstance(head, dict) and isinstance(head.get("values"), dict):
        count = {"fixed": 1, "bank": networks - 1, "more": more}.get(str(head.get("kind")), networks)
        columns = {name: _repeated(shapes, count) for name, shapes in head["values"].items()}
        head = head | {"values": columns, "fault_of": _repeated(head.get("fault_of"), count)}
        size = sum(_size(shape) for column in columns.values() if isinstance(column, list) for shape in column)
    text = (head if isinstance(head, str) else json.dumps(head)).encode("utf-8", "replace")
    raw = np.resize(numbers, min(size, 1 << 16)).tobytes()
    return LENGTHS.pack(len(text), len(raw)) + text + raw


def _repeated(values: Any, count: int) -> Any:
    return list(islice(cycle(values), count)) if isinstance(values, list) and len(values) == 1 else values


def _size(shape: Any) -> int:
    lengths = shape if isinstance(shape, list) else [0]
    return int(np.prod(lengths)) if all(type(length) is int and 0 <= length < 99 for length in lengths) else 0


class _ForgedSandbox:
    """Answers every run with a forged reply: the first run with the first, and so on; the last is repeated."""

    isolation = "kernel"
    data = b""
    runs = 0

    def prepare(self, setup: bytes, networks: int) -> None:
        self.networks = networks

    def run(self, job: bytes, *, networks: int | None = None, wall_s: float | None = None) -> Execution:
        count = networks or self.networks
        return interpret(self._next(count, 0), _ENDED, networks=count, cpu_limit_s=1)

    def ask(self, job: bytes, request: bytes, *, networks: int, wall_s: float | None = None) -> Execution:
        reply = self._next(self.networks, networks)
        return interpret(reply, _ENDED, networks=self.networks, cpu_limit_s=1, more=networks)

    def release(self) -> None:
        pass

    def _next(self, networks: int, more: int) -> bytes:
        replies = list(frames(self.data, networks, more)) or [self.data]
        self.runs += 1
        return replies[min(self.runs, len(replies)) - 1]


@cache
def _forged() -> tuple[Grader, _ForgedSandbox]:
    exercise = load_exercise("backprop")
    bank: list[Network] = [{name: np.asarray(value) * 0.5 for name, value in exercise.fixed.items()}] * 2
    sandbox = _ForgedSandbox()
    grader = Grader(
        exercise,
        Reference(exercise),
        Bank(exercise="backprop", networks=bank, seed=0, sha256="", hypothesis=""),
        sandbox,
        feedback=Feedback.REPAIR,
    )
    return grader, sandbox


@cache
def _words() -> tuple[Names, Exercise]:
    exercise = load_exercise("backprop")
    givens = {word: name for name, given in exercise.givens.items() for word in (name, *given.also)}
    recorded = {word: step.name for step in exercise.steps for word in (step.name, *step.also)}
    results = {word for step in exercise.results for word in (step.name, *step.also)}
    words = Exercise(marker=exercise.marker, solution_marker=exercise.solution_marker, givens=givens, results=results)
    return Names(givens=givens, recorded=recorded), words
