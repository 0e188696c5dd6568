"""Grade one file: write its report, show its table and feedback."""

import sys
from importlib import import_module
from pathlib import Path
from threading import Thread

from graders.command.options import BELOW_PASS_MARK, GRADER_FAILED, OK, Options
from graders.command.preparation import check_paths, enable_gc, load_all, named_terms
from graders.errors import UsageError
from graders.files import write_atomically, write_named
from graders.messages import message
from graders.outcome import Report, Verdict
from graders.reports import formats
from graders.reports.endings import endings, report_file
from graders.sandbox.launch import Launched
from graders.session import Terms, open_any
from graders.submission import Submission, read_submission


def run_one_file(options: Options, launched: Launched | None) -> int:
    """Grade the file that is named, in the sandbox whose server is already starting; return the exit status.

    Of several exercises each has a report and a table of its own, and the worst status is that of all.
    """
    path = Path(options.submissions[0])
    check_paths([path], options.exercise)
    format_names(options)  # a command line that cannot be followed is refused before anything runs
    terms = named_terms(options, may_fall_back=True)
    materials = load_all(options)
    submission = read_submission(path)
    status = OK
    for each in materials:
        with open_any(each, terms, launched) as grader:
            enable_gc()
            if options.output != "-":
                _load_terminal_meanwhile()
            report = grader.grade(submission)
        _deliver(report, submission, options, terms)
        status = max(status, status_of(report, options.pass_mark))  # statuses are ordered by how bad they are
        launched = None  # a sandbox of its own for the next one
    return status


def _deliver(report: Report, submission: Submission, options: Options, terms: Terms) -> None:
    """Write the report in each format that is asked for, and show what a person reads."""
    write_reports(report, submission, options, terms)
    if options.output != "-":
        from graders.command import terminal

        terminal.show(report, terms.lang, notice=options.isolation is None)


def write_reports(report: Report, submission: Submission, options: Options, terms: Terms) -> list[Path]:
    """Write the report in each format that is asked for, and return the files: none for standard output."""
    written = []
    path = Path(options.submissions[0])
    stem = path.stem if len(options.exercises) == 1 else f"{path.stem}.{report.exercise}"
    for name in format_names(options):
        data = formats.dump(name, report, terms.lang, submission.cells, path.as_posix())
        if options.output != "-":
            target = _report_path(options.output, stem, name)
            # a name that nobody chose may have been put there by whoever handed in the folder
            (write_named if target == Path(options.output or "") else write_atomically)(target, data)
            written.append(target)
        else:
            # Bytes: as text, a console's encoding could change what the report says.
            sys.stdout.buffer.write(data)
    return written


def format_names(options: Options) -> list[str]:
    """Return the formats that are asked for. Raises UsageError if several reports would be written to one file."""
    names = list(dict.fromkeys(options.format or ["yaml"]))
    if options.output is None or Path(options.output).is_dir():
        return names
    if len(options.exercises) > 1:
        raise UsageError(message("usage.exercises-folder", output=options.output, count=len(options.exercises)))
    if len(names) > 1:
        raise UsageError(message("usage.formats-folder", output=options.output, count=len(names)))
    return names


def _load_terminal_meanwhile() -> None:
    """Import what draws the table while the sandbox works; the lock of the import makes a later one wait."""
    # a daemon: if the grading fails at once, nobody waits for it
    Thread(target=import_module, args=("graders.command.terminal",), daemon=True).start()


def _report_path(output: str | None, stem: str, format_name: str) -> Path:
    """Return where a report goes: the named file (for one format), else `<stem>.report.<ending>`."""
    name = report_file(stem, endings()[format_name])
    if output is None:
        return Path(name)
    return Path(output) / name if Path(output).is_dir() else Path(output)


def status_of(report: Report, pass_mark: float) -> int:
    """Return the exit status that a report stands for."""
    if report.verdict is Verdict.NOT_GRADED:
        return GRADER_FAILED
    return OK if report.score.percent >= pass_mark else BELOW_PASS_MARK
