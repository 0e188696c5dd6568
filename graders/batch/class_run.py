"""A whole class: find the submissions, grade them in several sandboxes, write reports, gradebook and summary."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from graders.batch.graded import GradeAll, Reporter
from graders.batch.jobs import grade_in_jobs
from graders.batch.journal import Batch, Outcome
from graders.errors import UsageError
from graders.exercise import Exercise
from graders.files import write_atomically
from graders.gradebooks import Filled, Grade, Student, fill_canvas, fill_moodle, missing_students, read_roster
from graders.grading import Grader
from graders.intake import Attempt, Entry, count_best, find_entries, wanted_by
from graders.messages import Lang, Message, message, say
from graders.networks import write_bank
from graders.opening import Materials, Terms, open_sandboxed
from graders.outcome import On, Row, Verdict
from graders.reports import gradebook, yaml
from graders.reports.formats import ending
from graders.reports.overview import overview_lines
from graders.reports.tally import Tally
from graders.sandbox.launch import Launched
from graders.version import VERSION

Rows = Callable[[], Iterator[Row]]
"""Goes through the rows of a class once more, without holding them."""


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
    remarks: list[Message]
    taken_over: int
    restarted_because: Sequence[Message]
    not_graded: int
    mean_percent: float | None


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
    cluster: str | None = None,
    launched: Launched | None = None,
    formats: Sequence[str] = ("yaml",),
    attempt: Attempt = "last",
    resume: bool = True,
    sheets: Sheets = Sheets(),
    started: Callable[[int], None] = lambda _: None,
    progress: Callable[[Row], None] = lambda _: None,
) -> ClassResult:
    """Grade all entries into a folder. Raises UsageError, SandboxError.

    `cluster`: address of a Dask scheduler; its workers grade instead of the jobs. `launched`: a server that is already
    starting, for the first job. `formats`: of the reports; always with yaml. `attempt`: `best` chooses here, after
    grading, which entries count.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}; name another folder with -o") from error

    roster = read_roster(_content(sheets.roster)) if sheets.roster is not None else []
    sheet = _content(sheets.gradebook) if sheets.gradebook is not None else None
    batch = Batch(folder, wanted_by(materials.exercise), _terms(materials, terms), formats)
    with _workforce(materials, terms, formats, jobs, cluster, launched) as grade_all:
        write_bank(folder / "networks.json", materials.bank)
        outcome = batch.run(entries, grade_all, progress, resume=resume, started=started)
    rows = _counting_rows(entries, outcome, attempt, terms.lang)
    missing = missing_students(roster, ((entry.student, entry.name) for entry in entries))
    link = ending("html" if "html" in formats else "yaml")
    tally = _write_tables(folder, rows, missing, materials.exercise, terms.lang, link)
    return ClassResult(
        submissions=len(entries),
        missing=len(missing),
        remarks=[] if sheet is None else _fill(folder, sheet, sheets, rows(), materials.exercise),
        taken_over=outcome.taken_over,
        restarted_because=outcome.restarted_because,
        not_graded=tally.verdicts[Verdict.NOT_GRADED],
        mean_percent=tally.mean_percent,
    )


def _workforce(
    materials: Materials,
    terms: Terms,
    formats: Sequence[str],
    jobs: int,
    cluster: str | None,
    launched: Launched | None,
) -> AbstractContextManager[GradeAll]:
    """Return what grades: jobs of this process, or a cluster. Raises UsageError."""
    wanted = wanted_by(materials.exercise)
    if cluster is not None:
        from graders.batch.cluster import open_cluster

        return open_cluster(cluster, materials, terms, formats, wanted)

    starting = iter([launched])

    def open_one(stack: ExitStack) -> Grader:
        grader, _ = stack.enter_context(open_sandboxed(materials, terms, next(starting, None)))
        return grader

    reporter = Reporter(formats, terms.lang)
    return nullcontext(partial(grade_in_jobs, open_grader=open_one, reporter=reporter, jobs=jobs, wanted=wanted))


def _counting_rows(entries: Sequence[Entry], outcome: Outcome, attempt: Attempt, lang: Lang) -> Rows:
    """Return how to go through the rows that count; a note says so where it was one attempt of several."""
    if attempt != "best":
        return lambda: outcome.rows(entries)
    counting = count_best(entries, map(_score, outcome.rows(entries)))
    kept = [each.entry for each in counting]

    def rows() -> Iterator[Row]:
        for each, row in zip(counting, outcome.rows(kept), strict=True):
            said = [say(lang, "best-attempt", number=each.number, of=each.of)] if each.of > 1 else []
            yield replace(row, note=" ".join([*said, *filter(None, [row.note])]) or None)

    return rows


def _score(row: Row) -> float:
    """Return what an attempt is worth; one that was not graded is no zero, but less than any that was."""
    return -1.0 if row.verdict is Verdict.NOT_GRADED else row.points


def _write_tables(
    folder: Path, rows: Rows, missing: Sequence[Student], exercise: Exercise, lang: Lang, ending: str
) -> Tally:
    """Write gradebook, summary and overview."""
    check_ids = [f"{on}.{step.name}" for on in On for step in exercise.results]
    lines = chain(gradebook.csv_lines(rows(), check_ids), gradebook.missing_lines(missing, len(check_ids)))
    write_atomically(folder / "gradebook.csv", lines)
    tally = Tally(rows())
    write_atomically(folder / "summary.yaml", yaml.dump_plain(tally.summary(exercise.name)))
    write_atomically(folder / "index.html", overview_lines(tally, rows(), missing, exercise, lang, ending=ending))
    return tally


def _fill(folder: Path, sheet: bytes, sheets: Sheets, rows: Iterator[Row], exercise: Exercise) -> list[Message]:
    """Write the instructor's filled sheet and return what there is to say about it."""
    assert sheets.gradebook is not None
    filled = fill_sheet(sheet, rows, exercise, sheets.gradebook_column)
    write_atomically(folder / sheets.gradebook.name, filled.sheet)
    return [
        *filled.notes,
        *(message("sheet.not-there", who=each.student or each.name or "?") for each in filled.unmatched),
    ]


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
