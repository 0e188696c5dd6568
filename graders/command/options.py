"""The command line's options, in the groups that `--help` shows."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn, get_args

from graders.choices import AttemptChoice, Feedback, Isolation, Lang
from graders.errors import UsageError
from graders.reports.endings import endings
from graders.version import VERSION

Options = argparse.Namespace


class _Formats:
    """The formats; their folder is read only if a command line names one, or `--help` lists them."""

    def __iter__(self) -> Iterator[str]:
        return iter(endings())

    def __contains__(self, name: object) -> bool:
        return name in endings()


OK, BELOW_PASS_MARK, UNUSABLE, GRADER_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses; docs/report.md lists them."""

GRADING = ("one_file", "watch", "whole_class")
"""The commands that grade submissions: those with a sandbox to start before anything else."""

_ONLY_OF_A_CLASS = ("cluster", "file", "intake", "gradebook", "gradebook_column", "roster")
"""Options that ask for what only a class can have; the others of its group change nothing for a single file."""

_ONLY_WITH = {"gradebook_column": "gradebook", "action": "handout", "pyodide": "page"}
"""By option, the one without which it would say nothing."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Leave with one line; the usage of so many options would hide it."""
        raise UsageError(f"{message} (--help lists the options)")


def parse_options(arguments: Sequence[str] | None = None) -> Options:
    """Return the options of a command line, with the `command` they ask for. Raises UsageError for a wrong one."""
    parser = _parser()
    options = parser.parse_args(arguments)
    options.command = _command_of(options)
    for problem in (*_problems_of(options), *_idle(options)):
        parser.error(problem)
    return options


def _command_of(options: Options) -> str:
    """Return the name of the module in `graders/command/` that does it."""
    if options.new_exercise or options.check_exercise:
        return "author"
    if options.verify is not None:
        return "verify"
    if options.handout is not None:
        return "handout"
    if options.page is not None:
        return "page"
    paths = [Path(name) for name in options.submissions]
    is_one_file = len(paths) == 1 and not paths[0].is_dir() and paths[0].suffix.lower() != ".zip"
    if not is_one_file:
        return "whole_class"
    return "watch" if options.watch else "one_file"


def _problems_of(options: Options) -> Iterator[str]:
    if options.new_exercise and len(options.submissions) != 1:
        yield f"--new-exercise {options.new_exercise}: name one finished solution, a .py file"
    asks_for_folder = options.handout is not None or options.page is not None
    if not options.submissions and not options.check_exercise and not asks_for_folder:
        yield "no submission; name a .py or .ipynb file, a folder or a .zip"
    if "" in options.submissions:  # an empty variable of a script; as a path it is the current folder
        yield "a submission's name is empty; name a .py or .ipynb file, a folder or a .zip"
    if not 0 <= options.pass_mark <= 100:
        yield f"--pass-mark: found {options.pass_mark:g}, expected 0 to 100"
    if options.jobs is not None and options.jobs < 1:
        yield f"--jobs: found {options.jobs}, expected at least 1"
    if options.watch and options.command != "watch":
        yield "--watch: works with one file only; name a .py or .ipynb file"
    if options.watch and options.output == "-":
        yield "--watch: shows a table after each save; with -o - there is none"


def _idle(options: Options) -> Iterator[str]:
    """Yield what is wrong with options that would be passed over: whoever gives one relies on it."""
    # Of a file that is not there another line tells, which matters more.
    is_class = options.command == "whole_class" or (
        options.command in ("one_file", "watch") and not Path(options.submissions[0]).exists()
    )
    for name in _ONLY_OF_A_CLASS:
        if getattr(options, name) is not None and not is_class:
            yield f"{_spelled(name)}: works with several submissions only; name a folder, a .zip or several files"
    for name, other in _ONLY_WITH.items():
        if getattr(options, name) is not None and getattr(options, other) is None:
            yield f"{_spelled(name)}: works with {_spelled(other)} only"


def _spelled(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="grade",
        description="Grade submissions: run each unmodified script in a sandbox, on the lesson's numbers and on random "
        "cases, and write a report.",
        epilog="Exit status: 0 at or above the pass mark (several: all graded), 1 below it, 2 unusable command or "
        "input, 3 the grader or its sandbox failed.",
    )
    add = parser.add_argument
    add("submissions", nargs="*", metavar="SUBMISSION", help="a .py or .ipynb file, a folder of them, or a .zip")
    add("-e", "--exercise", default="backprop", metavar="NAME", help="default: backprop; your own: …/exercises/NAME")
    add("-o", "--output", metavar="PATH", help="report file, or folder for several; - for standard output")
    add("--seed", type=int, default=0, metavar="N", help="which random cases (default: 0)")
    add(
        "--cases",
        "--networks",
        dest="cases",
        type=int,
        metavar="N",
        help="how many (default: the exercise's)",
    )
    add("--bank", type=Path, metavar="FILE", help="grade on the cases recorded in this file")
    add("--isolation", choices=get_args(Isolation), help="default: kernel")
    add(
        "--format",
        action="append",
        choices=_Formats(),
        metavar="FORMAT",
        help="%(choices)s; repeatable (default: yaml); docs/formats.md",
    )
    add(
        "--feedback",
        choices=[str(level) for level in Feedback],
        default=str(Feedback.COUNTEREXAMPLE),
        help="how much the report tells, each with those before it (default: counterexample)",
    )
    add("--watch", action="store_true", help="grade again after each save, until Ctrl-C")
    add("--lang", choices=get_args(Lang), help="language of the messages (default: the locale's)")
    add("--pass-mark", type=float, default=100.0, metavar="PERCENT", help="default: 100")
    add("--verify", type=Path, metavar="REPORT", help="say whether this report is what grading SUBMISSION again gives")
    add("--handout", metavar="NAME", help="write what students get of this exercise to the folder named instead")
    add("--action", metavar="ACTION", help="what a handout's workflow grades with: OWNER/REPOSITORY@VERSION")
    add(
        "--page",
        metavar="NAME",
        help="write a page that grades this exercise in the browser to the folder named instead",
    )
    add("--pyodide", metavar="URL|FOLDER", help="where a page's Python is from (default: its project's own network)")
    add("--version", action="version", version=f"%(prog)s {VERSION}")
    _add_class_options(parser)
    _add_author_options(parser)
    return parser


def _add_author_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("authors of exercises").add_mutually_exclusive_group().add_argument
    add("--new-exercise", metavar="NAME", help="write a new exercise's files from a finished solution (SUBMISSION)")
    add("--check-exercise", metavar="NAME", help="say what is wrong with an exercise")


def _add_class_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("several submissions").add_argument
    add("--jobs", type=int, metavar="N", help="this many at a time (default: all processors)")
    add("--cluster", metavar="ADDRESS", help="let the workers of this Dask scheduler grade")
    add("--file", metavar="PATTERN", help="of several files of a student, grade the one named like this")
    add("--intake", metavar="NAME", help="where they come from, if it is not recognised")
    add("--attempt", choices=get_args(AttemptChoice), default="last", help="which one counts (default: last)")
    add("--gradebook", type=Path, metavar="CSV", help="fill this export of Canvas or Moodle")
    add("--gradebook-column", metavar="TITLE", help="its column, if it is not recognised")
    add("--roster", type=Path, metavar="CSV", help="list who of these handed nothing in")
    add("--resume", action=argparse.BooleanOptionalAction, default=True, help="take over what holds of an earlier run")
    add("--regrade", action="store_true", help="on other terms than the results there: keep them, list what changes")
    add("--quiet", action="store_true", help="no progress")
