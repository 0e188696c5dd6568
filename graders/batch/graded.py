"""The seam between a batch and what grades for it: entries in, a report for each out, whatever happens."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from graders.grading import Grader
from graders.intake import Entry
from graders.messages import Lang
from graders.outcome import Report, Verdict
from graders.report import submitted, where
from graders.reports.formats import dump_all
from graders.submission import Submission

_MOST_KNOWN = 512


@dataclass(frozen=True, slots=True)
class Graded:
    """A report, and its files by their endings; making them costs more than storing them, so it is part of grading."""

    report: Report
    files: Mapping[str, bytes]


GradeAll = Callable[[Sequence[Entry]], Iterator[tuple[Entry, Graded]]]
"""Grades entries and yields them in the order in which they are done."""


class Reporter:
    """Grades and makes the files of reports; submissions with the same code are graded once. Threads may share it."""

    def __init__(self, formats: Sequence[str], lang: Lang) -> None:
        self._formats = formats
        self._lang = lang
        self._known: dict[str, Report] = {}

    def graded(self, grader: Grader, submission: Submission) -> Graded:
        """Grade one submission; a format that fails on its report is a defect of ours that stops no other."""
        report = self._report(grader, submission)
        try:
            return self.with_files(report, submission)
        except Exception as error:  # noqa: BLE001 - the reason stands in the report, and the exit status tells of it
            return self.with_files(grader.reports.not_graded(submission, where(error)), submission)

    def with_files(self, report: Report, submission: Submission) -> Graded:
        """Add the files of a report that is made already."""
        return Graded(report, dump_all(self._formats, report, self._lang, submission.cells))

    def _report(self, grader: Grader, submission: Submission) -> Report:
        """Grade, or take the report of a submission with the same code."""
        code = msgspec.json.encode([submission.cells, submission.notes, submission.unreadable])
        key = hashlib.sha256(code).hexdigest()
        known = self._known.get(key)
        if known is not None:
            return replace(known, submission=submitted(submission))
        report = grader.grade(submission)
        if report.verdict is not Verdict.NOT_GRADED:
            if len(self._known) >= _MOST_KNOWN:
                self._known.pop(next(iter(self._known)), None)
            self._known[key] = report
        return report
