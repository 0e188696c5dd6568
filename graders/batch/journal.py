"""Many submissions: journal, resume, one row each whatever happens.

A report is written atomically, then its row is appended to the journal; a run that was stopped anywhere goes on after
the last row, and gives the same files as one that was not. Who grades is not decided here: see `graded.py`.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from graders.batch.graded import GradeAll
from graders.errors import UsageError
from graders.files import UNFINISHED, write_atomically
from graders.intake import Entry, Wanted, read_entry
from graders.messages import Message, message
from graders.outcome import Report, Row, Verdict
from graders.reports.endings import endings

_Kind = TypeVar("_Kind")

JOURNAL = "journal.jsonl"


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


class Batch:
    """Grades entries into a folder. `terms`: everything that must be the same for rows to be taken over.

    `formats`: those in which each report is written.
    """

    def __init__(self, folder: Path, wanted: Wanted, terms: dict[str, str], formats: Sequence[str] = ("yaml",)) -> None:
        self._folder = folder
        self._formats = formats
        self._wanted = wanted
        self._terms = terms

    def run(
        self,
        entries: Sequence[Entry],
        grade_all: GradeAll,
        progress: Callable[[Row], None],
        *,
        resume: bool,
        started: Callable[[int], None] = lambda _: None,
    ) -> Outcome:
        """Grade what has no row yet. Raises UsageError if the folder is unusable.

        `started` is told how many rows are taken over, `progress` every new one.
        """
        out_of_date = self._clear()
        offsets, restarted = self._taken_over(entries) if resume else ({}, ())
        taken_over = len(offsets)
        started(taken_over)
        waiting = [entry for entry in entries if entry.key not in offsets]
        try:
            journal = (self._folder / JOURNAL).open("r+b" if offsets else "wb")
        except OSError as error:
            raise UsageError(f"{self._folder / JOURNAL}: cannot be written: {error.strerror}") from error
        with journal:
            if not offsets:
                journal.write(msgspec.json.encode(self._terms) + b"\n")
            journal.seek(0, os.SEEK_END)
            for entry, graded in grade_all(waiting):
                write_report(self._folder / entry.key, graded.files, out_of_date)
                row = _row_of(entry, graded.report)
                offsets[row.key] = journal.tell()
                journal.write(msgspec.json.encode(row) + b"\n")
                journal.flush()
                progress(row)
        if waiting:
            offsets = self._put_in_order(entries, offsets)
        return Outcome(self._folder, offsets, taken_over, restarted)

    def _clear(self) -> set[str]:
        """Remove what a killed run left unfinished; return the endings of earlier reports in formats not asked for."""
        if not (self._folder / JOURNAL).is_file():
            return set()
        other = [ending for name, ending in endings().items() if name not in self._formats]
        found: set[str] = set()
        for path in self._folder.rglob("*"):
            if path.name.startswith(".") and path.name.endswith(UNFINISHED):
                path.unlink(missing_ok=True)
            found |= {ending for ending in other if path.name.endswith(f".report{ending}")}
        return found

    def _put_in_order(self, entries: Sequence[Entry], offsets: Mapping[str, int]) -> dict[str, int]:
        """Write the journal anew in the order of the entries, whichever was done first, and return where rows stand."""
        path = self._folder / JOURNAL
        ordered: dict[str, int] = {}

        def lines(journal: BinaryIO) -> Iterator[bytes]:
            yield journal.readline()
            end = journal.tell()
            for entry in entries:
                journal.seek(offsets[entry.key])
                line = journal.readline()
                ordered[entry.key] = end
                end += len(line)
                yield line

        with path.open("rb") as journal:
            write_atomically(path, lines(journal))
        return ordered

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
        paths = (self._folder / f"{entry.key}.report{endings()[name]}" for name in self._formats)
        return same and all(path.is_file() for path in paths)


def write_report(stem: Path, files: Mapping[str, bytes], out_of_date: Collection[str]) -> None:
    """Write a report's files, by their endings, and remove an earlier run's of the endings that are out of date.

    Raises UsageError.
    """
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        for ending, data in files.items():
            write_atomically(stem.with_name(f"{stem.name}.report{ending}"), data)
        for ending in out_of_date:
            stem.with_name(f"{stem.name}.report{ending}").unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{stem}: cannot be written: {error.strerror}; name another folder with -o") from error


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
