"""Grading a class again on other terms: the earlier results are set aside under their date, and what changed is listed.

A grade that students have seen is never replaced without a word. Resuming is not regrading: on the same terms the rows
of an earlier run are simply taken over.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path

from graders.batch.gradebook import BOM, csv_line
from graders.batch.journal import JOURNAL, ClassFolder, EarlierRun, Restored, read_journal
from graders.batch.staleness import Conditions, JournalLine, differing_terms, outlives_correction, still_says
from graders.errors import UsageError
from graders.escaping import csv_cell
from graders.files import make_folders, write_atomically
from graders.intake.entry import Entry
from graders.intake.outputs import OUTPUTS
from graders.intake.reading import read_entry
from graders.messages import Lang, Message, message, say
from graders.outcome import Report, Row
from graders.reports.formats import dump_all
from graders.reports.reading import read_report

EARLIER = "earlier"
_OF_CHANGES = ("student", "name", "file", "before", "after", "checks", "why")


def take_up(folder: ClassFolder, *, regrade: bool) -> EarlierRun | None:
    """Return the rows that an earlier run has left, unless they are set aside. Raises UsageError.

    On other terms they are refused, or with `regrade` set aside. A regrading that was stopped goes on like any other
    run: its rows are on the new terms.
    """
    earlier = folder.read_earlier()
    if earlier is None:
        return None
    differing = folder.differing(earlier)
    if not differing:
        return earlier
    if not regrade:
        terms = reduce(lambda first, then: message("usage.two-terms", first=first, then=then), differing)
        raise UsageError(message("usage.other-terms", path=str(folder.path), terms=terms))
    _set_aside(folder.path)
    return None


def _set_aside(folder: Path) -> None:
    """Move everything that a run has written to a folder named after the time it ended."""
    # When the earlier run ended: the folder of its results is named after it, not after now.
    ended = (folder / JOURNAL).stat().st_mtime
    aside = folder / EARLIER / time.strftime("%Y-%m-%d_%H%M%SZ", time.gmtime(ended))
    make_folders(folder, aside)
    written = [path for path in sorted(folder.rglob("*.report.*")) if EARLIER not in path.relative_to(folder).parts]
    # The journal goes last: as long as it is there, a run that was stopped meanwhile sets the rest aside, too.
    tables = [folder / name for name in sorted(OUTPUTS) if name != JOURNAL and (folder / name).exists()]
    for path in (*written, *tables, folder / JOURNAL):
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
            report = _corrected_report(line, aside.folder, folder.conditions)
            if report is not None and still_says(line, entry, submission):
                yield line, dump_all(folder.formats, report, lang, submission.cells)

    return restored


def _corrected_report(line: JournalLine, folder: Path, conditions: Conditions) -> Report | None:
    """Return a report that was set aside as it is on the corrected exercise; None if it is not that of its row."""
    try:
        report = read_report(folder / f"{line.key}.report.yaml")
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
    """Write `changes.csv` if results were set aside, and return what there is to say about it."""
    before = _latest_aside(folder)
    if before is None:
        return []
    reasons = [reason.say(lang) for reason in differing_terms(before.conditions, conditions)]
    why = say(lang, "changes.terms", reasons=", ".join(reasons))
    changes = list(_changed_rows(before, rows, why, lang))
    write_atomically(folder / "changes.csv", [BOM + csv_line(_OF_CHANGES), *map(csv_line, changes)])
    return [message("class.changed", count=len(changes), folder=f"{EARLIER}/{before.folder.name}")]


def _changed_rows(before: EarlierRun, rows: Iterable[Row], why: str, lang: Lang) -> Iterator[Sequence[str]]:
    earlier = {key: line for key, (_, line) in before.rows.items()}
    of_student: dict[str | None, Row] = {line.student: line for line in earlier.values() if line.student}
    left = dict(earlier)
    present: set[str | None] = set()
    for row in rows:
        present.add(row.student)
        old = earlier.get(row.key, of_student.get(row.student))
        if old is not None:
            left.pop(old.key, None)
        yield from _changed_row(old, row, why, lang)
    for old in left.values():
        if old.student is None or old.student not in present:  # else only the best of several attempts has a row
            yield _change(old, _points(old), "", "", say(lang, "changes.gone"))


def _changed_row(old: Row | None, row: Row, why: str, lang: Lang) -> Iterator[Sequence[str]]:
    """Yield the line of a row that is new, or whose grade is another one now."""
    if old is None:
        yield _change(row, "", _points(row), "", say(lang, "changes.new"))
    elif (_points(old), old.verdict) != (_points(row), row.verdict):
        # Another file explains another grade better than other terms do.
        reason = why if old.code == row.code else say(lang, "changes.file")
        yield _change(row, _points(old), _points(row), _checks(old, row), reason)


def _change(row: Row, before: str, after: str, checks: str, why: str) -> Sequence[str]:
    return [*(csv_cell(text or "") for text in (row.student, row.name, row.file)), before, after, checks, why]


def _points(row: Row) -> str:
    return f"{row.points:g}" if row.is_graded else ""


def _checks(old: Row, new: Row) -> str:
    """Return the checks with another verdict: `fixed.delta_w: wrong-value > correct`."""
    # Checks that an exercise has no longer come last, and those that are new without an old verdict.
    ids = [*new.checks, *(check for check in old.checks if check not in new.checks)]
    verdicts = [(check, old.checks.get(check, "–"), new.checks.get(check, "–")) for check in ids]
    return "; ".join(f"{check}: {was} > {is_now}" for check, was, is_now in verdicts if was != is_now)
