"""Grading a class again on other terms: the earlier results are set aside under their date, and what changed is listed.

A grade that students have seen is never replaced without a word. Resuming is not regrading: on the same terms the rows
of an earlier run are simply taken over.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from graders.batch.finals import GRADEBOOK, FinalGrade, FinalGrades, finals_of, report_cell
from graders.batch.gradebook import BOM, csv_line, who_cells
from graders.batch.journal import JOURNAL, SHEET, ClassFolder, EarlierRun, Restored, read_journal
from graders.batch.rows import Row
from graders.batch.staleness import (
    Conditions,
    JournalLine,
    differing_terms,
    is_on_same_terms,
    outlives_correction,
    still_says,
)
from graders.errors import UsageError
from graders.files import make_folders, write_atomically
from graders.intake.entry import Entry
from graders.intake.outputs import OUTPUTS
from graders.intake.reading import read_entry
from graders.messages import Lang, Message, message, say
from graders.outcome import Report
from graders.reports.endings import endings, report_file
from graders.reports.formats import dump_all
from graders.reports.reading import read_report
from graders.submission import Submission

EARLIER = "earlier"
_OF_CHANGES = ("student", "name", "file", "before", "after", "checks", "why")


def set_aside(earlier: EarlierRun, top: Path, inputs: Sequence[Path]) -> None:
    """Move everything that a run has written to a folder named after the time it ended.

    `top`: where tables of several exercises lie, and the filled sheet. `inputs`: the instructor's own, which stay.
    """
    folder = earlier.folder
    name = _name_of_aside(folder)
    written = [path for path in sorted(folder.rglob("*.report.*")) if EARLIER not in path.relative_to(folder).parts]
    tables = [folder / name for name in sorted(OUTPUTS) if name != JOURNAL]
    # By its name alone: wherever the journal comes from, nothing outside of the folder is moved.
    sheets = [top / Path(earlier.conditions[SHEET]).name] if SHEET in earlier.conditions else []
    own = {path.resolve() for path in inputs}
    _move(top, name, [path for path in (*sheets, top / GRADEBOOK) if path.resolve() not in own])
    # The journal goes last: as long as it is there, a run that was stopped meanwhile sets the rest aside, too.
    _move(folder, name, [*written, *tables, folder / JOURNAL])


def _name_of_aside(folder: Path) -> str:
    # When the earlier run ended: the folder of its results is named after it, not after now.
    ended = time.strftime("%Y-%m-%d_%H%M%SZ", time.gmtime((folder / JOURNAL).stat().st_mtime))
    names = (ended, *(f"{ended}_{number}" for number in range(2, 100)))
    # One with a journal is complete, and of another run that ended within the same second.
    return next((name for name in names if not (folder / EARLIER / name / JOURNAL).exists()), ended)


def _move(folder: Path, name: str, paths: Iterable[Path]) -> None:
    aside = folder / EARLIER / name
    for path in paths:
        if path.is_symlink() or path.is_file():
            target = aside / path.relative_to(folder)
            make_folders(folder, target.parent)
            path.replace(target)


def nothing_restored(_: Sequence[Entry]) -> Iterator[tuple[JournalLine, Mapping[str, bytes]]]:
    """Yield nothing: everything is graded."""
    return iter(())


def restored_from_aside(folder: ClassFolder, lang: Lang) -> Restored:
    """Return what finds the rows that were set aside and that the correction of an exercise has not changed."""

    def restored(entries: Sequence[Entry]) -> Iterator[tuple[JournalLine, Mapping[str, bytes]]]:
        # Also where a regrading goes on that was stopped among these rows.
        aside = _latest_aside(folder.path)
        if aside is None:
            return
        for entry in entries:
            _, line = aside.rows.get(entry.key, (0, None))
            if line is None or not outlives_correction(line, aside.conditions, folder.conditions):
                continue
            submission = read_entry(entry, folder.wanted)
            if still_says(line, entry, submission) and (files := _files_again(line, aside, folder, submission, lang)):
                yield line, files

    return restored


def _files_again(
    line: JournalLine, aside: EarlierRun, folder: ClassFolder, submission: Submission, lang: Lang
) -> Mapping[str, bytes]:
    """Return the files of a report that was set aside, as grading again would make them; none if that is not known."""
    if is_on_same_terms(aside.conditions, folder.conditions):
        paths = {each: aside.folder / report_file(line.key, each) for each in (endings()[it] for it in folder.formats)}
        there = all(path.is_file() for path in paths.values())
        return {each: path.read_bytes() for each, path in paths.items()} if there else {}
    report = _corrected_report(line, aside.folder, folder.conditions)
    return dump_all(folder.formats, report, lang, submission.cells) if report is not None else {}


def _corrected_report(line: JournalLine, folder: Path, conditions: Conditions) -> Report | None:
    """Return a report that was set aside as it is on the corrected exercise; None if it is not that of its row."""
    try:
        report = read_report(folder / report_file(line.key, ".yaml"))
    except UsageError:
        return None
    found = (report.score.points, report.verdict, report.submission.sha256)
    if found != (line.points, line.verdict, line.code):
        return None
    return report.replaced(grading=report.grading.replaced(exercise_sha256=conditions["exercise"]))


def _latest_aside(folder: Path) -> EarlierRun | None:
    """Return the last results that were set aside."""
    asides = [path / JOURNAL for path in (folder / EARLIER).glob("*") if (path / JOURNAL).is_file()]
    # Names of folders are times, so that their order is that of time.
    return read_journal(max(asides)) if asides else None


def write_changes(folder: Path, rows: Iterable[Row], conditions: Conditions, lang: Lang) -> list[Message]:
    """Write `changes.csv` if results were set aside, and return what there is to say about it.

    The gradebook is there already: what counts in it is compared.
    """
    before = _latest_aside(folder)
    if before is None:
        return []
    reasons = [reason.say(lang) for reason in differing_terms(before.conditions, conditions)]
    why = say(lang, "changes.terms", reasons=", ".join(reasons)) if reasons else say(lang, "changes.late")
    finals = _Finals(finals_of(before.folder), finals_of(folder))
    changes = [*_changed_rows(before, rows, finals, why, lang), *_changed_absent(finals, lang)]
    write_atomically(folder / "changes.csv", [BOM + csv_line(_OF_CHANGES), *map(csv_line, changes)])
    return [message("class.changed", count=len(changes), folder=f"{EARLIER}/{before.folder.name}")]


class _Finals(NamedTuple):
    """The final grades of an earlier run, and those of now."""

    before: FinalGrades
    after: FinalGrades

    def old(self, row: Row) -> str:
        return _final(self.before, row)

    def new(self, row: Row) -> str:
        return _final(self.after, row)

    def why(self, row: Row, lang: Lang) -> str:
        """Say what the instructor has said otherwise."""
        old, new = (finals.get(report_cell(row.key)) for finals in (self.before, self.after))
        return say(lang, "changes.late") if old is None or new is None else _said_beside(old, new, lang)


def _said_beside(old: FinalGrade, new: FinalGrade, lang: Lang) -> str:
    if old.is_marked_as(new):
        return say(lang, "changes.late")
    return say(lang, "changes.mark", why=new.why or "–") if new.adjusted else say(lang, "changes.mark-gone")


def _final(finals: FinalGrades, row: Row) -> str:
    known = finals.get(report_cell(row.key))
    # A run that was stopped has rows, and no gradebook yet.
    return known.text if known is not None else f"{row.points:g}" if row.is_graded else ""


def _changed_absent(finals: _Finals, lang: Lang) -> Iterator[Sequence[str]]:
    """Yield the lines of those who handed nothing in, and whose mark by hand is another one."""
    for key, old in finals.before.items():
        new = finals.after.get(key)
        if new is not None and not old.report and not old.is_same(new):
            yield [old.student, old.name, "", old.text, new.text, "", _said_beside(old, new, lang)]


def _changed_rows(
    before: EarlierRun, rows: Iterable[Row], finals: _Finals, why: str, lang: Lang
) -> Iterator[Sequence[str]]:
    earlier = {key: line for key, (_, line) in before.rows.items()}
    of_student: dict[str | None, Row] = {line.student: line for line in earlier.values() if line.student}
    left = dict(earlier)
    present: set[str | None] = set()
    for row in rows:
        present.add(row.student)
        old = earlier.get(row.key, of_student.get(row.student))
        if old is not None:
            left.pop(old.key, None)
        yield from _changed_row(old, row, finals, why, lang)
    for old in left.values():
        if old.student is None or old.student not in present:  # else only the best of several attempts has a row
            yield _change(old, finals.old(old), "", "", say(lang, "changes.gone"))


def _changed_row(old: Row | None, row: Row, finals: _Finals, why: str, lang: Lang) -> Iterator[Sequence[str]]:
    """Yield the line of a row that is new, or whose grade is another one now."""
    if old is None:
        yield _change(row, "", finals.new(row), "", say(lang, "changes.new"))
    elif (finals.old(old), old.verdict) != (finals.new(row), row.verdict):
        reason = say(lang, "changes.file") if old.code != row.code else why
        if (old.code, old.points, old.verdict) == (row.code, row.points, row.verdict):
            reason = finals.why(row, lang)  # other terms have left the points as they were
        yield _change(row, finals.old(old), finals.new(row), _checks(old, row), reason)


def _change(row: Row, before: str, after: str, checks: str, why: str) -> Sequence[str]:
    return [*who_cells(row), before, after, checks, why]


def _checks(old: Row, new: Row) -> str:
    """Return the checks with another verdict: `fixed.delta_w: wrong-value > correct`."""
    # Checks that an exercise has no longer come last, and those that are new without an old verdict.
    ids = [*new.checks, *(check for check in old.checks if check not in new.checks)]
    verdicts = [(check, old.checks.get(check, "–"), new.checks.get(check, "–")) for check in ids]
    return "; ".join(f"{check}: {was} > {is_now}" for check, was, is_now in verdicts if was != is_now)
