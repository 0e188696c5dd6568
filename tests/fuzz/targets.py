"""What is fuzzed: a target takes any bytes and returns; whatever it raises is a defect of the grader's.

    wire      the decoder of replies, on bytes and on frames made of JSON (see `frames`)
    report    the whole way from a forged reply to a report in every format
    script    the reader of scripts, then the sandboxed parser and rewriter
    notebook  the same for notebooks

A submission can send any reply, so everything behind the decoder is in reach of it too.
"""

import io
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import cache
from itertools import islice

import numpy as np

from graders.command.terminal import show
from graders.exercise.asked import Case
from graders.exercise.bank import Bank
from graders.exercise.loading import load_exercise
from graders.exercise.reference import Reference
from graders.grading import Grader
from graders.inside.cells import ExerciseSigns, select
from graders.inside.compiling import rewrite
from graders.inside.programs import Words
from graders.inside.reading import Cell
from graders.outcome import Feedback, Report, Verdict
from graders.reports import formats
from graders.reports.endings import endings
from graders.sandbox.observed import MalformedReplyError
from graders.sandbox.reply import Part
from graders.sandbox.wire import decode_reply
from graders.submission import Submission, decode_submission
from tests.support.forging import ForgedSandbox, frames

CASES = 3
_FORMATS = [name for name in endings() if name != "classroom50"]  # that one holds numbers only
MAX_REPORT_BYTES = 200_000
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SUBMISSION = Submission(file="a.py", sha256="", cells=[(None, "error = 1\n")])


def check_wire(data: bytes) -> None:
    """Decode: either a reply comes out, or the decoder's own error."""
    for reply in (data, *islice(frames(data, CASES, CASES), 1)):
        try:
            decoded = decode_reply(reply, CASES, more=CASES)
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
        show(report, "en", notice=False)
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
                select([Cell(number=number, source=source) for number, source in submission.cells], exercise).cells,
                names,
            )
    except (SyntaxError, ValueError, MemoryError, RecursionError):  # what `inside.running.run_job` reports
        return


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "wire": check_wire,
    "report": check_report,
    "script": check_script,
    "notebook": check_notebook,
}


@cache
def _forged() -> tuple[Grader, ForgedSandbox]:
    exercise = load_exercise("backprop")
    bank: list[Case] = [{name: np.asarray(value) * 0.5 for name, value in exercise.fixed.items()}] * 2
    sandbox = ForgedSandbox()
    grader = Grader(
        exercise,
        Reference(exercise),
        Bank(exercise="backprop", cases=bank, seed=0, sha256="", hypothesis=""),
        sandbox,
        feedback=Feedback.REPAIR,
    )
    return grader, sandbox


@cache
def _words() -> tuple[Words, ExerciseSigns]:
    exercise = load_exercise("backprop")
    givens = {word: name for name, given in exercise.givens.items() for word in (name, *given.also)}
    recorded = {word: step.name for step in exercise.steps for word in (step.name, *step.also)}
    results = {word: step.name for step in exercise.results for word in (step.name, *step.also)}
    signs = ExerciseSigns(exercise.marker, exercise.solution_marker, givens, results)
    return Words(givens=givens, recorded=recorded), signs
