"""Many submissions: journal, resume, one row each whatever happens.

A report is written atomically, then its row is appended to the journal; a run that was stopped anywhere goes on after
the last row, and gives the same files as one that was not. What makes a row stale: `staleness.py`; who grades:
`graded.py`.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol, TypeVar

import msgspec
from msgspec import Struct

from graders.batch.graded import GradeAll, Graded
from graders.batch.rows import Row
from graders.batch.staleness import Conditions, JournalLine, Known, differing_terms, still_says
from graders.files import UNFINISHED_ENDING, make_folders, open_own, refused, write_atomically
from graders.intake.entry import Entry, Wanted
from graders.intake.reading import read_entry
from graders.messages import Message, message
from graders.outcome import Report
from graders.reports.endings import endings, report_file

_Kind = TypeVar("_Kind")

JOURNAL = "journal.jsonl"

GIVEN, SHEET = "given", "sheet"
"""What the first line of a journal remembers beside the terms: options about final grades, the filled sheet's name."""


class JournalRows(Struct, frozen=True):
    """Where each row stands in a finished journal, and how many were taken over from an earlier run."""

    folder: Path
    offsets: Mapping[str, int]
    taken_over: int
    restarted_because: Sequence[Message]

    def of(self, entries: Sequence[Entry]) -> Iterator[Row]:
        """Yield the row of every entry, in order, without holding them all."""
        with (self.folder / JOURNAL).open("rb") as journal:
            for entry in entries:
                journal.seek(self.offsets[entry.key])
                yield msgspec.json.decode(journal.readline(), type=Row)


class EarlierRun(NamedTuple):
    """The rows an earlier run has left, with where each stands in the journal, and where the last of them ends."""

    folder: Path
    rows: Mapping[str, tuple[int, JournalLine]]
    end: int
    conditions: Conditions
    is_damaged: bool = False


def read_journal(path: Path) -> EarlierRun:
    """Read a journal up to the first line that is not whole. Raises UsageError if it is not this user's own."""
    rows: dict[str, tuple[int, JournalLine]] = {}
    with open_own(path, "rb") as journal:
        conditions = _decode_line(journal.readline(), dict[str, str])
        if conditions is None:
            return EarlierRun(path.parent, {}, 0, {}, is_damaged=True)
        end = journal.tell()
        # The first line that is no row ends it: what comes after half a line cannot be trusted to be whole.
        for text in journal:
            line = _decode_line(text, JournalLine) if text.endswith(b"\n") else None
            if line is None:
                break
            rows[line.key] = (end, line)
            end += len(text)
    return EarlierRun(path.parent, rows, end, conditions)


Restored = Callable[[Sequence[Entry]], Iterator[tuple[JournalLine, Mapping[str, bytes]]]]
"""Yields those of the entries' rows that hold although they were set aside, with their reports' files."""


class Progress(Protocol):
    """Is told how a class run gets on."""

    def start(self, taken_over: int) -> None:
        """Hear how many rows are taken over from an earlier run."""

    def wait(self) -> None:
        """Hear that there is nobody yet who could grade."""

    def add(self, row: Row) -> None:
        """Hear of a new row."""


class ClassFolder(Struct, frozen=True):
    """The folder that a class is graded into.

    `conditions`: everything that must be the same for rows to be taken over. `formats`: those in which each report is
    written. `remembered`: what else the next run has to know.
    """

    path: Path
    wanted: Wanted
    conditions: Conditions
    formats: Sequence[str]
    remembered: Mapping[str, str]

    @property
    def _first_line(self) -> bytes:
        return msgspec.json.encode({**self.conditions, **self.remembered}) + b"\n"

    def read_earlier(self) -> EarlierRun | None:
        """Return what an earlier run has left, as far as it can be read; None if there was none."""
        path = self.path / JOURNAL
        return read_journal(path) if os.path.lexists(path) else None

    def differing(self, earlier: EarlierRun) -> list[Message]:
        """Return on what other terms an earlier run graded; none where these cannot be read."""
        return [] if earlier.is_damaged else differing_terms(earlier.conditions, self.conditions)

    def run(
        self,
        entries: Sequence[Entry],
        grade_all: GradeAll,
        progress: Progress,
        earlier: EarlierRun | None,
        restored: Restored,
    ) -> JournalRows:
        """Grade what has no row yet, and was not `restored` either. Raises UsageError if the folder is unusable."""
        # Before anything is written, while what is there is still only the earlier run's.
        out_of_date = self._clear()
        offsets = {} if earlier is None else self._holding(entries, earlier)
        with self._open_journal(earlier.end if earlier is not None and offsets else 0) as journal:

            def record(line: JournalLine, files: Mapping[str, bytes]) -> None:
                # The report comes first: a row without one would be taken for done.
                _write_report(self.path, line.key, files, out_of_date)
                offsets[line.key] = journal.tell()
                journal.write(msgspec.json.encode(line) + b"\n")
                journal.flush()  # a row that was said to be done survives a kill

            for line, files in restored(_without(entries, offsets)):
                record(line, files)
            taken_over = len(offsets)
            progress.start(taken_over)
            for entry, graded in grade_all(_without(entries, offsets)):
                line = _line_of(entry, graded)
                record(line, graded.files)
                progress.add(line)
        return JournalRows(
            folder=self.path,
            offsets=self._put_in_order(entries, offsets),
            taken_over=taken_over,
            restarted_because=[message("restart.journal")] if earlier is not None and earlier.is_damaged else [],
        )

    def _open_journal(self, end: int) -> BinaryIO:
        """Open the journal to go on after the whole lines of an earlier run, if there are any."""
        path = self.path / JOURNAL
        if not end:
            write_atomically(path, b"")  # whatever stands there
        journal = open_own(path, "r+b")
        journal.truncate(end)  # half a line is left if a run was killed while it wrote
        if not end:
            journal.write(self._first_line)
        journal.seek(0, os.SEEK_END)
        return journal

    def _clear(self) -> set[str]:
        """Remove what a killed run left unfinished; return the endings of earlier reports in formats not asked for."""
        if not (self.path / JOURNAL).is_file():
            return set()
        other = [ending for name, ending in endings().items() if name not in self.formats]
        found: set[str] = set()
        for path in self.path.rglob("*"):
            if path.name.startswith(".") and path.name.endswith(UNFINISHED_ENDING):
                path.unlink(missing_ok=True)
            found |= {ending for ending in other if path.name.endswith(report_file("", ending))}
        return found

    def _put_in_order(self, entries: Sequence[Entry], offsets: Mapping[str, int]) -> dict[str, int]:
        """Write the journal anew in the order of the entries, and return where their rows stand.

        Whichever was done first, and whatever an earlier run had besides, it is then that of one undisturbed run.
        """
        path = self.path / JOURNAL
        ordered: dict[str, int] = {}

        def lines(journal: BinaryIO) -> Iterator[bytes]:
            yield self._first_line  # not the one that is there: the tables given now are those to remember
            end = len(self._first_line)
            for entry in entries:
                journal.seek(offsets[entry.key])
                line = journal.readline()
                ordered[entry.key] = end
                end += len(line)
                yield line

        with path.open("rb") as journal:
            write_atomically(path, lines(journal))
        return ordered

    def _holding(self, entries: Sequence[Entry], earlier: EarlierRun) -> dict[str, int]:
        """Return where those rows stand that still hold."""
        offsets: dict[str, int] = {}
        for entry in entries:
            offset, line = earlier.rows.get(entry.key, (0, None))
            if line is not None and self._holds(entry, line):
                offsets[entry.key] = offset
        return offsets

    def _holds(self, entry: Entry, line: JournalLine) -> bool:
        """Tell whether a row says what is known now, and its report is there in every format."""
        # Read again, not asked of the system's time stamps: a file may change within one tick of them.
        if not still_says(line, entry, read_entry(entry, self.wanted)):
            return False
        # A report somebody has deleted, or a format that is new, is made by grading again.
        return all((self.path / report_file(entry.key, endings()[name])).is_file() for name in self.formats)


def _without(entries: Sequence[Entry], done: Mapping[str, int]) -> list[Entry]:
    return [entry for entry in entries if entry.key not in done]


def _write_report(folder: Path, key: str, files: Mapping[str, bytes], out_of_date: Collection[str]) -> None:
    """Write a report's files, by their endings, and remove an earlier run's of the endings that are out of date.

    Raises UsageError.
    """
    stem = folder / key
    try:
        make_folders(folder, stem.parent)
        for ending, data in files.items():
            write_atomically(stem.with_name(report_file(stem.name, ending)), data)
        for ending in out_of_date:
            # A format that was asked for last time only would go on telling of the old grade.
            stem.with_name(report_file(stem.name, ending)).unlink(missing_ok=True)
    except OSError as error:
        raise refused("usage.folder-not-written", stem, error) from error


def _line_of(entry: Entry, graded: Graded) -> JournalLine:
    report = graded.report
    wrong = [step for step in report.steps or () if step.verdict.is_wrong]
    return JournalLine(
        **Known.about(entry, report.submission, graded.remarks_sha256)._asdict(),
        points=report.score.points,
        max=report.score.max,
        percent=report.score.percent,
        verdict=report.verdict,
        checks={check.id: check.verdict for check in report.checks},
        wrong_steps=[step.name for step in wrong],
        mistakes=list(graded.mistakes),
        note=_note(report),
        several=graded.several,
        changed=graded.changed,
        sketch=list(graded.sketch),
        parts={part.exercise: part.points for part in report.parts},
    )


def _note(report: Report) -> str | None:
    """Return what stopped the submission, and the first note: a fault does not hide which file was graded."""
    said = [report.fault.message] if report.fault is not None else []
    return " ".join([*said, *report.notes[:1]]) or None


def _decode_line(line: bytes, kind: type[_Kind]) -> _Kind | None:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
