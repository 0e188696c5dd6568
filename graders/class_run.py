"""A whole class: find the submissions, grade them in several sandboxes, write reports, gradebook and summary."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graders.batch import Batch, OpenGrader, start_folder
from graders.errors import UsageError
from graders.exercise import Exercise
from graders.gradebooks import Filled, Grade, fill_canvas, fill_moodle, missing_students, read_roster
from graders.grading import Grader
from graders.intake import Attempt, Entry, find_entries, wanted_by
from graders.outcome import Row, Verdict
from graders.reports import gradebook, yaml
from graders.reports.document import write_atomically
from graders.reports.overview import overview_lines
from graders.session import Materials, Terms, open_sandboxed
from graders.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The instructor's own tables: a learning platform's exported gradebook to fill, and the roster of the class."""

    gradebook: Path | None = None
    gradebook_column: str | None = None
    roster: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassResult:
    """What a run came to. `taken_over`: rows of an earlier run; `restarted_because`: why there are none.

    `missing`: students of the roster who handed nothing in. `remarks`: what filling the gradebook has to say.
    """

    submissions: int
    missing: int
    remarks: list[str]
    taken_over: int
    restarted_because: str | None
    not_graded: int
    mean_percent: float | None


def default_jobs() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def find_submissions(
    paths: Sequence[Path], materials: Materials, *, intake: str | None = None, attempt: Attempt = "last"
) -> list[Entry]:
    """Return the rows there will be. Raises UsageError if there is none."""
    entries = find_entries(paths, wanted_by(materials.exercise), intake=intake, attempt=attempt)
    if not entries:
        named = ", ".join(map(str, paths))
        raise UsageError(f"{named}: no submission there; expected .py or .ipynb files, or a download with such files")
    return entries


def grade_class(
    entries: Sequence[Entry],
    folder: Path,
    materials: Materials,
    terms: Terms,
    *,
    jobs: int,
    resume: bool = True,
    sheets: Sheets = Sheets(),
    progress: Callable[[Row], None] = lambda _: None,
) -> ClassResult:
    """Grade all entries into a folder. Raises UsageError, SandboxUnavailable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}; name another folder with -o") from error

    def open_one(stack: ExitStack) -> Grader:
        grader, _ = stack.enter_context(open_sandboxed(materials, terms))
        return grader

    roster = read_roster(_content(sheets.roster)) if sheets.roster is not None else []
    sheet = _content(sheets.gradebook) if sheets.gradebook is not None else None
    start_folder(folder, materials.bank)
    batch = Batch(folder, wanted_by(materials.exercise), _terms(materials, terms))
    openers: list[OpenGrader] = [open_one] * max(1, min(jobs, len(entries)))
    outcome = batch.run(entries, openers, progress, resume=resume)
    check_ids = [f"{on}.{step.name}" for on in ("fixed", "bank") for step in materials.exercise.results]
    missing = missing_students(roster, ((entry.student, entry.name) for entry in entries))
    lines = chain(
        gradebook.csv_lines(outcome.rows(entries), check_ids), gradebook.missing_lines(missing, len(check_ids))
    )
    write_atomically(folder / "gradebook.csv", lines)
    remarks = []
    if sheet is not None and sheets.gradebook is not None:
        filled = fill_sheet(sheet, outcome.rows(entries), materials.exercise, sheets.gradebook_column)
        write_atomically(folder / sheets.gradebook.name, filled.sheet)
        remarks = [*filled.notes, *(f"{each.student or each.name}: not in the sheet" for each in filled.unmatched)]
    summary = gradebook.summary(outcome.rows(entries), materials.exercise.name)
    write_atomically(folder / "summary.yaml", yaml.dump_plain(summary))
    write_atomically(
        folder / "index.html", overview_lines(summary, outcome.rows(entries), materials.exercise, terms.lang)
    )
    return ClassResult(
        submissions=len(entries),
        missing=len(missing),
        remarks=remarks,
        taken_over=outcome.taken_over,
        restarted_because=outcome.restarted_because,
        not_graded=summary["verdicts"].get(str(Verdict.NOT_GRADED), 0),
        mean_percent=summary["mean_percent"],
    )


def fill_sheet(content: bytes, rows: Iterable[Row], exercise: Exercise, column: str | None) -> Filled:
    """Fill an exported gradebook of Canvas or Moodle; a submission that was not graded leaves its cell as it is."""
    grades = [
        Grade(row.student, row.name, row.points, row.max, row.note)
        for row in rows
        if row.verdict is not Verdict.NOT_GRADED
    ]
    is_canvas = content.removeprefix(b"\xef\xbb\xbf").lstrip(b'"').startswith((b"Student", b"LastName"))
    if is_canvas:
        return fill_canvas(content, grades, (*exercise.title.values(), exercise.name), column)
    return fill_moodle(content, grades, column)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


def _terms(materials: Materials, terms: Terms) -> dict[str, str]:
    """Return what must be the same for the reports of an earlier run to hold."""
    return {
        "grader": VERSION,
        "exercise": materials.exercise.sha256,
        "bank": materials.bank.sha256,
        "isolation": str(terms.isolation),
        "feedback": str(terms.feedback),
        "language": terms.lang,
    }
