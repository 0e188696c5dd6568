"""Grade several submissions into a folder, and show how it gets on."""

from pathlib import Path

from graders.batch.class_run import ExercisePart, Output, Workforce, find_submissions, grade_exercises
from graders.batch.pool import default_jobs
from graders.batch.sheets import Sheets
from graders.command.options import GRADER_FAILED, OK, Options
from graders.command.preparation import check_paths, check_tables, enable_gc, load_all, named_terms
from graders.command.progress import ClassProgress
from graders.errors import UsageError
from graders.messages import message
from graders.sandbox.launch import Launched


def run_whole_class(options: Options, launched: Launched | None) -> int:
    """Grade all that is named, the first of it in the sandbox that is already starting; return the exit status."""
    if options.output == "-":
        raise UsageError(message("usage.output-folder"))
    check_paths([Path(name) for name in options.submissions], options.exercise)
    sheets = _sheets(options)
    check_tables(sheets.paths)
    # A class is graded with walls or not at all: its files are strangers' to each other.
    terms = named_terms(options, may_fall_back=False)
    parts = _named_parts(options)
    output = Output(
        folder=Path(options.output or "reports"),
        # always: the tables link to it, and a resumed run looks for it
        formats=list(dict.fromkeys(["yaml", *(options.format or [])])),
        resume=options.resume,
        regrade=options.regrade,
        sheets=sheets,
    )
    workforce = Workforce(jobs=options.jobs or default_jobs(), cluster=options.cluster, launched=launched)
    enable_gc()
    total = sum(len(part.handed_in.entries) for part in parts)
    with ClassProgress(total, terms.lang, quiet=options.quiet) as progress:
        results = grade_exercises(parts, terms, output, workforce, progress)
    progress.show_end(results, output.folder)
    # Wrong answers are no failure of a class run; one that we could not grade is.
    return GRADER_FAILED if any(result.not_graded for result in results) else OK


def _named_parts(options: Options) -> list[ExercisePart]:
    """Return each exercise with what was handed in of it."""
    paths = [Path(name) for name in options.submissions]
    how = {"intake": options.intake, "attempt": options.attempt, "file": options.file}
    names = [Path(name).name for name in options.exercises]
    return [
        ExercisePart(
            find_submissions(paths, materials, others=[each for each in names if each != name], **how), materials
        )
        for name, materials in zip(names, load_all(options), strict=True)
    ]


def _sheets(options: Options) -> Sheets:
    return Sheets(
        gradebook=options.gradebook,
        gradebook_column=options.gradebook_column or (),
        roster=options.roster,
        deadlines=options.deadlines,
        late=options.late,
        adjusted=options.adjusted,
        section=options.section,
    )
