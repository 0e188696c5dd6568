"""A whole class: find the submissions, grade them in several sandboxes, write reports, gradebook and summary."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from graders.batch import gradebook
from graders.batch.graded import GradeAll, Graded, Reporter
from graders.batch.journal import ClassFolder, JournalRows, Progress
from graders.batch.overview import overview_lines
from graders.batch.pool import work_through
from graders.batch.regrading import take_up, write_changes
from graders.batch.tally import Tally
from graders.batch.to_check import to_check_lines
from graders.errors import UsageError
from graders.exercise.asked import Exercise
from graders.exercise.bank import write_bank
from graders.files import alone_in, write_atomically
from graders.gradebooks import Filled, Grade, Student, fill_sheet, missing_students, read_roster
from graders.intake import OUTPUTS, AttemptChoice, Entry, Wanted, count_best, find_entries, read_entry, wanted_by
from graders.judging.authored import refuse_bad_misconceptions
from graders.messages import Lang, Message, message, say
from graders.outcome import Check, On, Row, Verdict
from graders.reports import yaml
from graders.reports.formats import ending
from graders.sandbox.launch import Launched
from graders.session import Materials, Terms, open_sandboxed
from graders.version import VERSION

ReadRows = Callable[[], Iterator[Row]]
"""Goes through the rows of a class once more, without holding them."""


@dataclass(frozen=True, slots=True)
class HandIns:
    """What a class has handed in: a row each, what was looked for, and which of a student's attempts counts."""

    entries: Sequence[Entry]
    wanted: Wanted
    attempt: AttemptChoice
    paths: Sequence[Path] = ()

    def hold(self, folder: Path) -> bool:
        """Tell whether a folder lies among what was handed in."""
        inner = folder.resolve()
        return any(inner.is_relative_to(path.resolve()) for path in self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """The instructor's own tables: a learning platform's exported gradebook to fill, and the roster of the class."""

    gradebook: Path | None = None
    gradebook_column: str | None = None
    roster: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is written where. `formats`: of the reports, always with yaml. `resume`: take over what holds there.

    `regrade`: set results on other terms aside, instead of refusing to replace them.
    """

    folder: Path
    formats: Sequence[str] = ("yaml",)
    resume: bool = True
    regrade: bool = False
    sheets: Sheets = field(default_factory=Sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workforce:
    """Who grades: jobs of this process, or the workers of a Dask scheduler at the address `cluster`.

    `launched`: a server that is already starting, for the first job.
    """

    jobs: int = 1
    cluster: str | None = None
    launched: Launched | None = None


class Unseen:
    """The progress of a run that nobody watches."""

    def start(self, taken_over: int) -> None:
        """Say nothing."""

    def add(self, row: Row) -> None:
        """Say nothing."""


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
    paths: Sequence[Path],
    materials: Materials,
    *,
    intake: str | None = None,
    attempt: AttemptChoice = "last",
    file: str | None = None,
) -> HandIns:
    """Return what there is to grade; with `attempt` `best` the entries that count are chosen after grading.

    `file`: the pattern of the name that the file to grade has. Raises UsageError if there is nothing.
    """
    wanted = wanted_by(materials.exercise, file)
    entries = find_entries(paths, wanted, intake=intake, attempt=attempt)
    if not entries:
        named = ", ".join(map(str, paths))
        raise UsageError(f"{named}: no submission there; expected .py or .ipynb files, or a download with such files")
    return HandIns(entries, wanted, attempt, paths)


def grade_class(
    handed_in: HandIns,
    materials: Materials,
    terms: Terms,
    output: Output,
    workforce: Workforce,
    progress: Progress | None = None,
) -> ClassResult:
    """Grade all entries into a folder. Raises UsageError, ExerciseError, SandboxError."""
    refuse_bad_misconceptions(materials.exercise, materials.reference)
    folder, entries, sheets = output.folder, handed_in.entries, output.sheets
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made: {error.strerror}; name another folder with -o") from error

    roster = read_roster(_read_sheet(sheets.roster)) if sheets.roster is not None else []
    sheet = _read_sheet(sheets.gradebook) if sheets.gradebook is not None else None
    if sheet is not None:  # what is wrong with it is better known before an hour of grading than after
        fill_gradebook(sheet, (), materials.exercise, sheets.gradebook_column)
    with alone_in(folder):
        graded = _grade_all(handed_in, materials, terms, output, workforce, progress or Unseen())
        rows = _counting_rows(handed_in, graded, terms.lang)
        missing, matched = missing_students(roster, [(entry.student, entry.name) for entry in entries])
        link = ending("html" if "html" in output.formats else "yaml")
        tally = _write_tables(folder, rows, missing, materials.exercise, terms.lang, link)
        changed = write_changes(folder, rows(), _conditions(materials, terms), terms.lang)
        filled = [] if sheet is None else _fill(folder, sheet, sheets, rows(), materials.exercise)
    return ClassResult(
        submissions=len(entries),
        missing=len(missing),
        remarks=[*matched, *changed, *filled],
        taken_over=graded.taken_over,
        restarted_because=graded.restarted_because,
        not_graded=tally.verdicts[Verdict.NOT_GRADED],
        mean_percent=tally.mean_percent,
    )


def _grade_all(
    handed_in: HandIns,
    materials: Materials,
    terms: Terms,
    output: Output,
    workforce: Workforce,
    progress: Progress,
) -> JournalRows:
    """Write the reports, the bank and the journal."""
    folder = ClassFolder(output.folder, handed_in.wanted, _conditions(materials, terms), output.formats)
    earlier = take_up(folder, regrade=output.regrade) if output.resume else None  # first of all, since it may refuse
    if earlier is not None and handed_in.hold(output.folder):
        earlier = None  # whoever handed in the folder may have written these rows
    with _open_workforce(handed_in.wanted, materials, terms, output.formats, workforce) as grade_all:
        write_bank(output.folder / "cases.json", materials.bank)
        return folder.run(handed_in.entries, grade_all, progress, earlier)


def _open_workforce(
    wanted: Wanted, materials: Materials, terms: Terms, formats: Sequence[str], workforce: Workforce
) -> AbstractContextManager[GradeAll]:
    """Return what grades. Raises UsageError."""
    if workforce.cluster is not None:
        from graders.batch.cluster import open_cluster

        return open_cluster(workforce.cluster, materials, terms, formats, wanted)

    starting = iter([workforce.launched])
    reporter = Reporter(formats, terms.lang)

    def open_one(stack: ExitStack) -> Callable[[Entry], Graded]:
        grader, _ = stack.enter_context(open_sandboxed(materials, terms, next(starting, None)))
        return lambda entry: reporter.graded(grader, read_entry(entry, wanted))

    return nullcontext(partial(work_through, open_worker=open_one, jobs=workforce.jobs))


def _counting_rows(handed_in: HandIns, graded: JournalRows, lang: Lang) -> ReadRows:
    """Return how to go through the rows that count; a note says so where it was one attempt of several."""
    if handed_in.attempt != "best":
        return lambda: graded.of(handed_in.entries)
    counting = count_best(handed_in.entries, map(_score, graded.of(handed_in.entries)))
    kept = [each.entry for each in counting]

    def rows() -> Iterator[Row]:
        for each, row in zip(counting, graded.of(kept), strict=True):
            said = [say(lang, "best-attempt", number=each.number, of=each.of)] if each.of > 1 else []
            yield replace(row, note=" ".join([*said, *filter(None, [row.note])]) or None)

    return rows


def _score(row: Row) -> float:
    """Return what an attempt is worth; one that was not graded is no zero, but less than any that was."""
    return -1.0 if row.verdict is Verdict.NOT_GRADED else row.points


def _write_tables(
    folder: Path, rows: ReadRows, missing: Sequence[Student], exercise: Exercise, lang: Lang, ending: str
) -> Tally:
    """Write gradebook, summary and overview."""
    check_ids = [Check.id_of(step.name, on) for on in On for step in exercise.results]
    lines = chain(gradebook.csv_lines(rows(), check_ids), gradebook.missing_lines(missing, len(check_ids)))
    write_atomically(folder / "gradebook.csv", lines)
    write_atomically(folder / "to_check.csv", to_check_lines(rows(), lang))
    tally = Tally(rows())
    write_atomically(folder / "summary.yaml", yaml.dump_plain(tally.summary(exercise.name)))
    write_atomically(folder / "index.html", overview_lines(tally, rows(), missing, exercise, lang, ending=ending))
    return tally


def _fill(folder: Path, sheet: bytes, sheets: Sheets, rows: Iterable[Row], exercise: Exercise) -> list[Message]:
    """Write the instructor's filled sheet and return what there is to say about it."""
    assert sheets.gradebook is not None
    counting = list(rows)
    filled = fill_gradebook(sheet, counting, exercise, sheets.gradebook_column)
    target = _place_of_sheet(folder / sheets.gradebook.name, [sheets.gradebook, sheets.roster])
    write_atomically(target, filled.sheet)
    renamed = target.name != sheets.gradebook.name
    return [
        *([message("sheet.saved-as", name=target.name, taken=sheets.gradebook.name)] if renamed else []),
        *filled.notes,
        *(message("sheet.not-there", who=each.student or each.name or "?") for each in filled.unmatched),
        *(
            message("sheet.unreadable", who=row.name or row.student or row.file, reason=row.note or "")
            for row in counting
            if row.verdict is Verdict.UNREADABLE
        ),
    ]


def _place_of_sheet(path: Path, inputs: Iterable[Path | None]) -> Path:
    """Return where a filled sheet goes: never over what the caller named, nor over a table of our own."""
    given = {each.resolve() for each in inputs if each is not None}
    if path.resolve() in given or path.name in OUTPUTS:
        return path.with_name(f"{path.stem}.filled{path.suffix}")
    return path


def fill_gradebook(content: bytes, rows: Iterable[Row], exercise: Exercise, column: str | None) -> Filled:
    """Fill an exported gradebook; what was not graded, or could not be read, leaves its cell as it is."""
    no_grade = (Verdict.NOT_GRADED, Verdict.UNREADABLE)
    grades = [
        Grade(row.student, row.name, row.points, row.max, row.note) for row in rows if row.verdict not in no_grade
    ]
    return fill_sheet(content, grades, (*exercise.title.values(), exercise.name), column)


def _read_sheet(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


def _conditions(materials: Materials, terms: Terms) -> dict[str, str]:
    """Return what must be the same for the reports of an earlier run to hold."""
    return {
        "grader": VERSION,
        "exercise": materials.exercise.sha256,
        "bank": materials.bank.sha256,
        "isolation": terms.isolation or "kernel",  # what not naming it means: a class never falls back
        "feedback": str(terms.feedback),
        "language": terms.lang,
    }
