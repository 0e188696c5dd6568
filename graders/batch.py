"""Many submissions: jobs, resume, one row each whatever happens.

Each job is a thread with a sandbox server of its own: submissions run in the servers' children, so the threads mostly
wait. A report is written atomically, then its row is appended to the journal; a run that was stopped anywhere goes on
after the last row, and gives the same files as one that was not.
"""

import hashlib
import os
import queue
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec

from graders.errors import UsageError
from graders.escaping import clean_line
from graders.grading import Grader
from graders.intake import Entry, Wanted, read_entry
from graders.messages import Lang, Message, message
from graders.networks import Bank, write_bank
from graders.outcome import Report, Row, Verdict
from graders.reports.document import write_atomically
from graders.reports.formats import ENDINGS, dump_all
from graders.submission import Submission

_Kind = TypeVar("_Kind")

JOURNAL = "journal.jsonl"
_KNOWN = 512
"""Reports kept for submissions with the same code."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch came to: where each row stands in the journal, and how many were taken over from an earlier run."""

    folder: Path
    offsets: dict[str, int]
    taken_over: int
    restarted_because: Sequence[Message]

    def rows(self, entries: Sequence[Entry]) -> Iterator[Row]:
        """Yield the row of every entry, in order, without holding them all."""
        with (self.folder / JOURNAL).open("rb") as journal:
            for entry in entries:
                journal.seek(self.offsets[entry.key])
                yield msgspec.json.decode(journal.readline(), type=Row)


OpenGrader = Callable[[ExitStack], Grader]
"""Opens a grader with a sandbox of its own, to be closed by the stack."""


class Batch:
    """Grades entries into a folder. `terms`: everything that must be the same for rows to be taken over.

    `formats`: those in which each report is written, in this language.
    """

    def __init__(
        self, folder: Path, wanted: Wanted, terms: dict[str, str], formats: Sequence[str] = ("yaml",), lang: Lang = "en"
    ) -> None:
        self._folder = folder
        self._formats = formats
        self._lang = lang
        self._wanted = wanted
        self._terms = terms
        self._known: dict[str, Report] = {}

    def run(
        self,
        entries: Sequence[Entry],
        graders: Sequence[OpenGrader],
        progress: Callable[[Row], None],
        *,
        resume: bool,
        started: Callable[[int], None] = lambda _: None,
    ) -> Outcome:
        """Grade what has no row yet. Raises UsageError if the folder is unusable.

        `started` is told how many rows are taken over, `progress` every new one.
        """
        offsets, restarted = self._taken_over(entries) if resume else ({}, ())
        taken_over = len(offsets)
        started(taken_over)
        waiting = iter([entry for entry in entries if entry.key not in offsets])
        try:
            journal = (self._folder / JOURNAL).open("r+b" if offsets else "wb")
        except OSError as error:
            raise UsageError(f"{self._folder / JOURNAL}: cannot be written: {error.strerror}") from error
        with journal:
            if not offsets:
                journal.write(msgspec.json.encode(self._terms) + b"\n")
            journal.seek(0, os.SEEK_END)
            for row in self._graded(waiting, graders):
                offsets[row.key] = journal.tell()
                journal.write(msgspec.json.encode(row) + b"\n")
                journal.flush()
                progress(row)
        return Outcome(self._folder, offsets, taken_over, restarted)

    def _graded(self, waiting: Iterator[Entry], graders: Sequence[OpenGrader]) -> Iterator[Row]:
        """Yield rows as the jobs finish them."""
        rows: queue.Queue[Row | BaseException | None] = queue.Queue(maxsize=64)
        lock = threading.Lock()

        def work(open_grader: OpenGrader) -> None:
            try:
                with ExitStack() as stack:
                    grader = open_grader(stack)
                    while True:
                        with lock:
                            entry = next(waiting, None)
                        if entry is None:
                            break
                        rows.put(self._row(grader, entry))
            except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that waits
                rows.put(error)
            rows.put(None)

        for open_grader in graders:  # daemons: an interrupted run does not wait for them
            threading.Thread(target=work, args=(open_grader,), daemon=True).start()
        running = len(graders)
        while running:
            item = rows.get()
            if isinstance(item, BaseException):
                raise item
            if item is None:
                running -= 1
            else:
                yield item

    def _row(self, grader: Grader, entry: Entry) -> Row:
        """Grade one entry and write its report; whatever happens, there is a row."""
        submission = read_entry(entry, self._wanted)
        try:
            report = self._report(grader, submission)
            write_report(self._folder / entry.key, dump_all(self._formats, report, self._lang, submission.cells))
        except UsageError:
            raise
        except Exception:  # noqa: BLE001 - a defect of ours must not stop the others
            trace = traceback.format_exc().strip().splitlines()
            report = grader.not_graded(submission, f"{trace[-1]} ({trace[-3].strip() if len(trace) > 2 else ''})")
        return _row_of(entry, report)

    def _report(self, grader: Grader, submission: Submission) -> Report:
        """Grade, or take the report of a submission with the same code."""
        code = msgspec.json.encode([submission.cells, submission.notes, submission.unreadable])
        key = hashlib.sha256(code).hexdigest()
        known = self._known.get(key)
        if known is not None:
            who = replace(known.submission, file=clean_line(submission.file), student=submission.student)
            return replace(known, submission=replace(who, sha256=submission.sha256))
        report = grader.grade(submission)
        if report.verdict is not Verdict.NOT_GRADED:
            if len(self._known) >= _KNOWN:
                self._known.pop(next(iter(self._known)), None)
            self._known[key] = report
        return report

    def _taken_over(self, entries: Sequence[Entry]) -> tuple[dict[str, int], Sequence[Message]]:
        """Return where the rows of an earlier run stand that still hold, or why none does."""
        path = self._folder / JOURNAL
        if not path.is_file():
            return {}, ()
        with path.open("rb") as journal:
            terms = _decoded(journal.readline(), dict[str, str])
            if terms is None:
                return {}, [message("restart.journal")]
            differing = [name for name, value in self._terms.items() if terms.get(name) != value]
            if differing:
                return {}, [message(f"restart.{name}") for name in differing]
            rows: dict[str, tuple[int, Row]] = {}
            end = offset = journal.tell()
            for line in journal:
                row = _decoded(line, Row) if line.endswith(b"\n") else None
                if row is None:
                    break
                rows[row.key] = (offset, row)
                offset += len(line)
                end = offset
        with path.open("r+b") as journal:
            journal.truncate(end)  # half a line, written when the run was killed
        return {entry.key: rows[entry.key][0] for entry in entries if self._holds(entry, rows.get(entry.key))}, ()

    def _holds(self, entry: Entry, found: tuple[int, Row] | None) -> bool:
        """Tell whether a row is still that of this file, and its report is there in every format."""
        if found is None or found[1].verdict is Verdict.NOT_GRADED:
            return False
        same = found[1].code == read_entry(entry, self._wanted).sha256
        paths = (self._folder / f"{entry.key}.report{ENDINGS[name]}" for name in self._formats)
        return same and all(path.is_file() for path in paths)


def start_folder(folder: Path, bank: Bank) -> None:
    """Write what all reports share. Raises UsageError."""
    try:
        write_bank(folder / "networks.json", bank)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}; name another folder with -o") from error


def write_report(stem: Path, files: Mapping[str, bytes]) -> None:
    """Write a report's files, by their endings; one of another format, of an earlier run, would be out of date."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    for ending in ENDINGS.values():
        path = stem.with_name(f"{stem.name}.report{ending}")
        if ending in files:
            write_atomically(path, files[ending])
        else:
            path.unlink(missing_ok=True)


def _row_of(entry: Entry, report: Report) -> Row:
    wrong = [step for step in report.steps or () if step.verdict.is_wrong]
    return Row(
        key=entry.key,
        file=report.submission.file,
        student=entry.student,
        name=entry.name,
        attempt=entry.attempt,
        late=entry.late,
        code=report.submission.sha256,
        points=report.score.points,
        max=report.score.max,
        percent=report.score.percent,
        verdict=report.verdict,
        checks={check.id: check.verdict for check in report.checks},
        wrong_steps=[step.name for step in wrong],
        misconceptions=[step.misconception for step in wrong if step.misconception is not None],
        note=report.fault.message if report.fault is not None else next(iter(report.notes), None),
    )


def _decoded(line: bytes, kind: type[_Kind]) -> _Kind | None:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
