"""The seam between a batch and what grades for it: entries in, a report for each out, whatever happens."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from graders.batch.alike import Taught, sketch_of
from graders.batch.mistakes import mistakes_of
from graders.intake.entry import Entry
from graders.joint_grading import AnyGrader
from graders.messages import Lang, is_said
from graders.outcome import Feedback, Report, Verdict
from graders.reports.disclosing import disclosed
from graders.reports.formats import dump_all
from graders.reports.joining import bare_note
from graders.reports.making import submitted, where
from graders.session import Terms
from graders.submission import Submission

_MOST_KNOWN = 512


class Graded(Struct, frozen=True):
    """A report, and its files by their endings; making them costs more than storing them, so it is part of grading.

    The report tells all, for the instructor's tables; the files tell as much as students are told.
    `remarks_sha256`: see `sha256_of_remarks`. The others: see `Row`.
    """

    report: Report
    files: Mapping[str, bytes]
    remarks_sha256: str | None
    several: bool
    changed: bool
    mistakes: Sequence[str]
    sketch: Sequence[int]


def telling_all(terms: Terms) -> Terms:
    """Return the terms on which a class is graded: what students are not told is in the instructor's tables."""
    enough = terms.feedback.includes(Feedback.HINTS)
    return terms if enough else terms.replaced(feedback=Feedback.HINTS)


GradeAll = Callable[[Sequence[Entry]], Iterator[tuple[Entry, Graded]]]
"""Grades entries and yields them in the order in which they are done."""


def sha256_of_remarks(submission: Submission) -> str | None:
    """Return a sha256 of what reading a hand-in had to say, by which it is known again; None if that was nothing.

    It may change while the file does not: another file beside it, another reason why there is nothing to grade.
    """
    if not submission.notes and submission.unreadable is None:
        return None
    # with modules of the student's own there is a note, too; without, the sum is what it always was
    return _sha256_of([submission.notes, submission.unreadable, *filter(None, [submission.modules])])


def _sha256_of(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()


class Reporter:
    """Grades and makes the files of reports; submissions with the same code are graded once. Threads may share it."""

    def __init__(
        self,
        formats: Sequence[str],
        lang: Lang,
        feedback: Feedback = Feedback.COUNTEREXAMPLE,
        taught: Taught | None = None,
    ) -> None:
        """Make reports in these formats at the students' level; `taught`: what is nobody's own code."""
        self._formats = formats
        self._lang = lang
        self._feedback = feedback
        self._taught = taught
        self._known: dict[str, Report] = {}
        self._forgetting = threading.Lock()

    def graded(self, grader: AnyGrader, submission: Submission) -> Graded:
        """Grade one submission; a format that fails on its report is a defect of ours that stops no other."""
        report = self._report(grader, submission)
        try:
            return self.with_files(report, submission)
        except Exception as error:  # noqa: BLE001 - the reason stands in the report, and the exit status tells of it
            return self.with_files(grader.not_graded(submission, where(error)), submission)

    def with_files(self, report: Report, submission: Submission) -> Graded:
        """Add the files of a report that is made already."""
        # Students' files tell as much as the level allows; the report itself, for the tables, tells all.
        told = disclosed(report, self._feedback, self._lang)
        return Graded(
            report=report,
            files=dump_all(self._formats, told, self._lang, submission.cells),
            remarks_sha256=sha256_of_remarks(submission),
            several=any(note.key == "passed-over" for note in submission.notes),
            changed=any(
                is_said(bare_note(note, report, self._lang), "changed-given", self._lang) for note in report.notes
            ),
            mistakes=mistakes_of(report, self._lang),
            sketch=sketch_of(submission.cells, self._taught) if self._taught is not None else (),
        )

    def _report(self, grader: AnyGrader, submission: Submission) -> Report:
        """Grade, or take the report of a submission with the same code."""
        # The file's name is left out: copies of one file under other names are graded once.
        key = _sha256_of([submission.cells, submission.modules, submission.notes, submission.unreadable])
        known = self._known.get(key)
        if known is not None:
            return known.replaced(submission=submitted(submission))
        report = grader.grade(submission)
        # Our own fault may have passed by the time the same code comes again.
        if report.verdict is not Verdict.NOT_GRADED:
            self._remember(key, report)
        return report

    def _remember(self, key: str, report: Report) -> None:
        # One thread at a time: the oldest is found by going through the others, which must not change meanwhile.
        with self._forgetting:
            if len(self._known) >= _MOST_KNOWN:
                del self._known[next(iter(self._known))]
            self._known[key] = report
