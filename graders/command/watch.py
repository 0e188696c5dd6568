"""Grade a file after each save: the sandbox, its server and the cases stay as they are in between."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer

from graders.command import terminal
from graders.command.one_file import format_names, status_of, write_reports
from graders.command.options import OK, Options
from graders.command.preparation import check_paths, enable_gc, load_all, named_terms
from graders.errors import UsageError
from graders.joint_grading import AnyGrader
from graders.messages import Lang, say
from graders.outcome import Report
from graders.sandbox.launch import Launched
from graders.session import open_any
from graders.submission import Submission, read_submission

# A save is over when nothing has happened for so long: an editor empties a file before it writes it anew.
_QUIET_MS = 5

# So long a save may take to be graded before it is said that it is.
_LATE_S = 1.0

_LOOK_MS = 250
_LOOKS_UNTIL_GONE = 3

# Endings of files that may be part of a submission; whatever else is written beside it says nothing about it.
_SOURCES = (".py", ".ipynb")


def run_watch(options: Options, launched: Launched | None) -> int:
    """Grade the file that is named now and after each save, until Ctrl-C; return the exit status of the last report."""
    path = Path(options.submissions[0])
    check_paths([path], options.exercise)
    format_names(options)
    terms = named_terms(options, may_fall_back=True)
    (materials,) = load_all(options)  # one exercise: the options have seen to it
    status = OK
    with suppress(KeyboardInterrupt), open_any(materials, terms, launched) as grader:
        enable_gc()
        for submission in _saves(path):
            if submission is None:
                _show("watch.gone", path.name, terms.lang)
                continue
            report = _grade_and_draw(grader, submission, terms.lang)
            status = status_of(report, options.pass_mark)
            (rest_in, *_) = write_reports(report, submission, options, terms)
            terminal.show_feedback(report, terms.lang, notice=options.isolation is None, rest_in=rest_in)
            _show("watching", path.name, terms.lang)
    return status


def _grade_and_draw(grader: AnyGrader, submission: Submission, lang: Lang) -> Report:
    """Grade, and draw the table as soon as the checks are known: whoever waits need not wait for the diagnosis."""
    drawn: Report | None = None
    # Until then the last save's table stands there, and would be taken for this one's.
    late = Timer(_LATE_S, _show, ["watch.grading", submission.file, lang])
    late.daemon = True

    def draw(report: Report) -> None:
        nonlocal drawn
        late.cancel()
        # Once: a second table is drawn only where the diagnosis changed the points.
        if drawn is None or (report.verdict, report.checks) != (drawn.verdict, drawn.checks):
            terminal.show_table(report, lang, on_clear_screen=True)
        drawn = report

    late.start()
    try:
        report = grader.grade(submission, draw)
        draw(report)
    finally:
        late.cancel()
    return report


def _show(key: str, file: str, lang: Lang) -> None:
    terminal.show_line(say(lang, key, file=file, time=time.strftime("%H:%M:%S")))


def _saves(path: Path) -> Iterator[Submission | None]:
    """Yield what the file holds now, and then whenever that is something else: None once it is gone."""
    last, missed = None, 0
    for _ in _changes_beside(path):
        try:
            submission = read_submission(path)
        except UsageError:
            # At the first look it may only be in the course of being replaced.
            missed += not path.exists()
            if missed == _LOOKS_UNTIL_GONE:
                last = None  # whoever puts the same file back wants to see the table
                yield None
            continue
        missed = 0
        # Compared by content: saving without a change, or a change beside it, is no reason to grade.
        if submission != last:
            last = submission
            yield submission


def _changes_beside(path: Path) -> Iterator[object]:
    """Yield at once, then after each change in the file's folder, and every quarter of a second without one."""
    from watchfiles import watch

    # A folder is watched and not the file: most editors and Jupyter put a new file in its place. Looking so often
    # is for the file systems that report no changes, and for a save before the watch began.
    folders = {path.absolute().parent, path.resolve().parent}

    def is_source(_: object, name: str) -> bool:
        return name.endswith(_SOURCES) or Path(name).name == path.name

    yield None
    yield from watch(
        *folders, watch_filter=is_source, step=_QUIET_MS, rust_timeout=_LOOK_MS, yield_on_timeout=True, recursive=False
    )
