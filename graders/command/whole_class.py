"""Grade several submissions into a folder, and show how it gets on."""

from pathlib import Path

from graders.batch.class_run import Output, Sheets, Workforce, find_submissions, grade_class
from graders.batch.pool import default_jobs
from graders.command.options import GRADER_FAILED, OK, Options
from graders.command.preparation import check_paths, enable_gc, load_named, named_terms
from graders.command.terminal import ClassProgress
from graders.errors import UsageError
from graders.sandbox.launch import Launched


def run_whole_class(options: Options, launched: Launched | None) -> int:
    """Grade all that is named, the first of it in the sandbox that is already starting; return the exit status."""
    if options.output == "-":
        raise UsageError("-o -: several submissions need a folder; name one with -o")
    paths = [Path(name) for name in options.submissions]
    check_paths(paths, options.exercise)
    terms = named_terms(options, may_fall_back=False)
    materials = load_named(options)
    handed_in = find_submissions(paths, materials, intake=options.intake, attempt=options.attempt, file=options.file)
    output = Output(
        folder=Path(options.output or "reports"),
        formats=list(dict.fromkeys(["yaml", *(options.format or [])])),
        resume=options.resume,
        regrade=options.regrade,
        sheets=Sheets(gradebook=options.gradebook, gradebook_column=options.gradebook_column, roster=options.roster),
    )
    workforce = Workforce(jobs=options.jobs or default_jobs(), cluster=options.cluster, launched=launched)
    enable_gc()
    with ClassProgress(len(handed_in.entries), terms.lang, quiet=options.quiet) as progress:
        result = grade_class(handed_in, materials, terms, output, workforce, progress)
    progress.show_end(result, output.folder)
    return GRADER_FAILED if result.not_graded else OK
