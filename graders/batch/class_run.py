"""A whole class: find the submissions, grade them in several sandboxes, write reports, gradebook and summary."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from graders.batch.alike import taught_by
from graders.batch.graded import GradeAll, Graded, Reporter, telling_all
from graders.batch.journal import ClassFolder, EarlierRun, JournalRows, Progress
from graders.batch.pool import work_through
from graders.batch.regrading import nothing_restored, restored_from_aside, write_changes
from graders.batch.rows import Row
from graders.batch.sheets import Sheets
from graders.batch.staleness import conditions_of
from graders.batch.tables import (
    Papers,
    ReadRows,
    Results,
    fill_papers,
    find_missing,
    open_papers,
    write_joined,
    write_tables,
)
from graders.batch.taking_up import remembered_of, take_up
from graders.choices import FOLDER
from graders.errors import UsageError
from graders.exercise.asked import Exercise
from graders.exercise.bank import write_bank
from graders.files import alone_in, make_folders, refused
from graders.intake.attempts import AttemptChoice, count_best
from graders.intake.entry import Entry, Wanted, wanted_by
from graders.intake.finding import find_entries, nobodys_remark
from graders.intake.reading import read_entry
from graders.judging.authored import refuse_bad_misconceptions
from graders.messages import Lang, Message, message, say
from graders.outcome import Verdict
from graders.reports.endings import endings
from graders.sandbox.launch import Launched, branched
from graders.session import AnyMaterials, Terms, open_any, single_materials


class HandIns(Struct, frozen=True):
    """What a class has handed in: a row each, what was looked for, and which of a student's attempts counts."""

    entries: Sequence[Entry]
    wanted: Wanted
    attempt: AttemptChoice
    paths: Sequence[Path]
    left_out: Sequence[str]


class Output(Struct, frozen=True, kw_only=True):
    """What is written where. `formats`: of the reports, always with yaml. `resume`: take over what holds there.

    `regrade`: set results on other terms aside, instead of refusing to replace them.
    """

    folder: Path
    formats: Sequence[str] = ("yaml",)
    resume: bool = True
    regrade: bool = False
    sheets: Sheets = Sheets()


class Workforce(Struct, frozen=True, kw_only=True):
    """Who grades: jobs of this process, or the workers of a Dask scheduler at the address `cluster`.

    `launched`: a server that is already starting, for the first job.
    """

    jobs: int = 1
    cluster: str | None = None
    launched: Launched | None = None


class ClassResult(Struct, frozen=True, kw_only=True):
    """What a run came to. `taken_over`: rows of an earlier run; `restarted_because`: why there are none.

    `missing`: students of the roster who handed nothing in. `remarks`: what the instructor's tables have to say.
    """

    exercise: str
    submissions: int
    taken_over: int
    restarted_because: Sequence[Message]
    not_graded: int
    mean_percent: float | None
    to_check: int
    missing: int = 0
    remarks: Sequence[Message] = ()


def find_submissions(
    paths: Sequence[Path],
    materials: AnyMaterials,
    *,
    intake: str | None = None,
    attempt: AttemptChoice = "last",
    file: str | None = None,
    others: Sequence[str] = (),
) -> HandIns:
    """Return what there is to grade; with `attempt` `best` the entries that count are chosen after grading.

    `file`: the pattern of the file's name. `others`: exercises that are graded besides. Raises UsageError if empty.
    """
    wanted = wanted_by(materials.exercise, file, others)
    left_out: list[str] = []
    entries = find_entries(paths, wanted, intake=intake, attempt=attempt, left_out=left_out)
    # A class of nobody is a path that was mistyped, and not a mean of nothing.
    if not entries:
        raise UsageError(message("usage.no-submissions", path=", ".join(map(str, paths))))
    return HandIns(entries, wanted, attempt, paths, left_out)


class ExercisePart(NamedTuple):
    """One of the exercises that a class has handed in."""

    handed_in: HandIns
    materials: AnyMaterials

    def believes(self, output: Output) -> bool:
        """Tell whether an earlier run's rows may hold: what lies within what was handed in may be the student's."""
        # Both sides resolved: a link into the folder would hide that one lies in the other.
        inner = output.folder.resolve()
        return output.resume and not any(inner.is_relative_to(path.resolve()) for path in self.handed_in.paths)


def grade_exercises(
    parts: Sequence[ExercisePart],
    terms: Terms,
    output: Output,
    workforce: Workforce,
    progress: Progress,
) -> list[ClassResult]:
    """Grade exercises, several into a folder each, and join their gradebooks; the last has what is said of all.

    Raises UsageError, ExerciseError, SandboxError.
    """
    exercises = [part.materials.exercise for part in parts]
    # Told before an hour of grading; for one file it is only looked at where a step is wrong.
    for each in (single for part in parts for single in single_materials(part.materials)):
        refuse_bad_misconceptions(each.exercise, each.reference)
    outputs = _outputs(output, exercises)
    papers = open_papers(output.sheets, exercises)
    with ExitStack() as stack:
        for folder in dict.fromkeys([output.folder, *(own.folder for own in outputs)]):
            stack.enter_context(alone_in(folder))  # two runs would mix their rows in one journal
        results, graded = [], []
        # first of all, since it may refuse
        for part, own, taken in zip(parts, outputs, _taken_up(parts, outputs, terms, papers, output), strict=True):
            rows = _grade_all(part, terms, own, workforce, progress, taken)
            graded.append(rows)
            workforce = replace(workforce, launched=None)  # the server that was started early has been used
            counting = _counting_rows(part.handed_in, rows, terms.lang, across=output.sheets.section == FOLDER)
            # The overview links to what an instructor can open in a browser, where that is written at all.
            link = endings()["html" if "html" in output.formats else "yaml"]
            results.append(Results(own.folder, part.materials.exercise, counting, link))
        return _finished(parts, results, graded, papers, output.folder, terms)


def _outputs(output: Output, exercises: Sequence[Exercise]) -> list[Output]:
    """Return where each exercise is written, and make these folders. Raises UsageError."""
    several = len(exercises) > 1
    folders = [output.folder / exercise.name if several else output.folder for exercise in exercises]
    try:
        output.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused("usage.not-made", output.folder, error) from error
    for folder in folders:
        make_folders(output.folder, folder)
    return [replace(output, folder=folder) for folder in folders]


def _finished(
    parts: Sequence[ExercisePart],
    results: Sequence[Results],
    graded: Sequence[JournalRows],
    papers: Papers,
    folder: Path,
    terms: Terms,
) -> list[ClassResult]:
    """Write all tables, and say what came out."""
    # Of the whole class at once: who handed in one of the exercises is not missing.
    papers, missing, remarks = find_missing(papers, results)
    found = []
    for part, result, rows in zip(parts, results, graded, strict=True):
        tally, to_check = write_tables(result, missing, papers.standing, terms.lang)
        told = result.told_rows(papers.standing)
        remarks += write_changes(result.folder, told, conditions_of(part.materials, terms), terms.lang)
        found.append(
            ClassResult(
                exercise=result.exercise.name,
                submissions=len(part.handed_in.entries),
                taken_over=rows.taken_over,
                restarted_because=rows.restarted_because,
                not_graded=tally.verdicts[Verdict.NOT_GRADED],
                mean_percent=tally.mean_percent,
                to_check=to_check,
            )
        )
    if len(results) > 1:
        write_joined(folder, results, missing, papers.standing)
    nobodys = nobodys_remark(name for part in parts for name in part.handed_in.left_out)
    remarks += [*nobodys, *fill_papers(folder, papers, results, missing)]
    return [*found[:-1], replace(found[-1], missing=len(missing), remarks=remarks)]


def _taken_up(
    parts: Sequence[ExercisePart], outputs: Sequence[Output], terms: Terms, papers: Papers, output: Output
) -> list[tuple[ClassFolder, EarlierRun | None]]:
    """Return the folder of each exercise, and the rows in it that may hold. Raises UsageError."""
    folders = [_class_folder(part, own, terms, output.folder) for part, own in zip(parts, outputs, strict=True)]
    if not all(part.believes(output) for part in parts):
        return [(folder, None) for folder in folders]
    exercises = [part.materials.exercise for part in parts]
    runs = take_up(folders, exercises, papers, output.folder, regrade=output.regrade)
    return list(zip(folders, runs, strict=True))


def _class_folder(part: ExercisePart, output: Output, terms: Terms, top: Path) -> ClassFolder:
    conditions, remembered = conditions_of(part.materials, terms), remembered_of(output.sheets, top)
    return ClassFolder(output.folder, part.handed_in.wanted, conditions, output.formats, remembered)


def _grade_all(
    part: ExercisePart,
    terms: Terms,
    output: Output,
    workforce: Workforce,
    progress: Progress,
    taken: tuple[ClassFolder, EarlierRun | None],
) -> JournalRows:
    """Write the reports, the bank and the journal."""
    handed_in, materials = part
    folder, earlier = taken
    restored = restored_from_aside(folder, terms.lang) if part.believes(output) else nothing_restored
    with _open_workforce(part, terms, output.formats, workforce, progress) as grade_all:
        # The cases are there before the first report: a run that is stopped can be looked into.
        write_bank(output.folder / "cases.json", materials.bank)
        return folder.run(handed_in.entries, grade_all, progress, earlier, restored)


def _open_workforce(
    part: ExercisePart, terms: Terms, formats: Sequence[str], workforce: Workforce, progress: Progress
) -> AbstractContextManager[GradeAll]:
    """Return what grades. Raises UsageError."""
    wanted, materials = part.handed_in.wanted, part.materials
    if workforce.cluster is not None:
        from graders.batch.cluster import open_cluster

        return open_cluster(workforce.cluster, materials, terms, formats, wanted, progress.wait)

    return _own_workforce(part, terms, formats, workforce)


@contextmanager
def _own_workforce(
    part: ExercisePart, terms: Terms, formats: Sequence[str], workforce: Workforce
) -> Iterator[GradeAll]:
    """Yield what grades in threads of this process."""
    wanted, materials = part.handed_in.wanted, part.materials
    reporter = Reporter(formats, terms.lang, terms.feedback, taught_by(materials.exercise))

    def open_one(stack: ExitStack) -> Callable[[Entry], Graded]:
        grader = stack.enter_context(open_any(materials, telling_all(terms), starting()))
        return lambda entry: reporter.graded(grader, read_entry(entry, wanted))

    # The first thread takes the server that was launched early; those of the others are forked from it.
    with branched(workforce.launched, min(workforce.jobs, len(part.handed_in.entries))) as starting:
        yield partial(work_through, open_worker=open_one, jobs=workforce.jobs)


def _counting_rows(handed_in: HandIns, graded: JournalRows, lang: Lang, *, across: bool) -> ReadRows:
    """Return how to go through the rows that count; a note says so where it was one attempt of several.

    `across`: a student in two folders, as of sections, has one row: the better one.
    """
    if handed_in.attempt != "best" and not across:
        return lambda: graded.of(handed_in.entries)
    counting = count_best(handed_in.entries, map(_score, graded.of(handed_in.entries)), across=across)
    kept = [each.entry for each in counting]

    def rows() -> Iterator[Row]:
        for each, row in zip(counting, graded.of(kept), strict=True):
            # Whoever sees the row should know that other attempts were graded, too.
            said = [say(lang, "best-attempt", number=each.number, of=each.of)] if each.of > 1 else []
            yield row.replaced(note=" ".join([*said, *filter(None, [row.note])]) or None)

    return rows


def _score(row: Row) -> float:
    """Return what an attempt is worth; one that was not graded is no zero, but less than any that was."""
    return row.points if row.is_graded else -1.0
