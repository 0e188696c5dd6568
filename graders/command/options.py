"""The command line's options, in the groups that `--help` shows."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

from graders.choices import FOLDER, AttemptChoice, Feedback, Isolation, Lang
from graders.command.parser import Parser, spoken_lang
from graders.reports.endings import endings
from graders.version import VERSION

Options = argparse.Namespace


class _Formats:
    """The formats; their folder is read only if a command line names one, or `--help` lists them."""

    def __iter__(self) -> Iterator[str]:
        return iter(endings())

    def __contains__(self, name: object) -> bool:
        return name in endings()


# 130 is what a shell says of a command that Ctrl-C ended.
OK, BELOW_PASS_MARK, UNUSABLE, GRADER_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit statuses; docs/report.md lists them."""

GRADING = ("one_file", "watch", "whole_class")
"""The commands that grade submissions: those with a sandbox to start before anything else."""

_OF_STANDING = ("deadlines", "late", "adjusted", "section")
# Options that ask for what only a class can have; the others of its group change nothing for a single file.
_ONLY_OF_A_CLASS = ("cluster", "file", "intake", "gradebook", "gradebook_column", "roster", *_OF_STANDING)

# By option, the one without which it would say nothing.
_ONLY_WITH = {"gradebook_column": "gradebook", "action": "handout", "with_page": "handout", "pyodide": "page"}


# In this order: whoever asks for two things is told by the first that the other is idle.
_BY_OPTION = {
    "new_exercise": "author",
    "check_exercise": "author",
    "verify": "verify",
    "handout": "handout",
    "page": "page",
}

# The key of a sentence about a command line, and its values.
_Refusal = tuple[str, dict[str, str | int]]


def parse_options(arguments: Sequence[str] | None = None) -> Options:
    """Return the options of a command line, with the `command` they ask for. Raises UsageError for a wrong one."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    parser = _parser(spoken_lang(given))
    options = parser.parse_args(given)
    options.exercises = options.exercises or ["backprop"]
    options.exercise = options.exercises[0]  # the only one of most commands
    options.command = _command_of(options)
    for key, values in (*_problems_of(options), *_idle(options)):
        parser.refuse(key, **values)
    return options


def _command_of(options: Options) -> str:
    """Return the name of the module in `graders/command/` that does it."""
    for option, command in _BY_OPTION.items():
        if getattr(options, option) is not None:
            return command
    paths = [Path(name) for name in options.submissions]
    # A zip is a folder that travels: what is in it is a class.
    is_one_file = len(paths) == 1 and not paths[0].is_dir() and paths[0].suffix.lower() != ".zip"
    if not is_one_file:
        return "whole_class"
    return "watch" if options.watch else "one_file"


def _problems_of(options: Options) -> Iterator[_Refusal]:
    yield from _problems_of_submissions(options)
    yield from _problems_of_exercises(options)
    if not 0 <= options.pass_mark <= 100:
        yield "pass-mark", {"found": f"{options.pass_mark:g}"}
    if options.jobs is not None and options.jobs < 1:
        yield "jobs", {"found": options.jobs}
    if options.watch and options.command != "watch":
        yield "watch-one", {}
    if options.watch and options.output == "-":
        yield "watch-output", {}


def _problems_of_submissions(options: Options) -> Iterator[_Refusal]:
    if options.new_exercise and len(options.submissions) != 1:
        yield "new-exercise", {"name": options.new_exercise}
    asks_for_folder = options.handout is not None or options.page is not None
    if not options.submissions and not options.check_exercise and not asks_for_folder:
        yield "no-submission", {}
    if "" in options.submissions:  # an empty variable of a script; as a path it is the current folder
        yield "empty-name", {}


def _problems_of_exercises(options: Options) -> Iterator[_Refusal]:
    count, columns = len(options.exercises), options.gradebook_column
    if count > 1 and options.command not in ("one_file", "whole_class"):
        yield "one-exercise", {"count": count}
    names = [Path(name).name for name in options.exercises]
    if len(set(names)) < count:  # reports are told apart by it
        yield "same-exercise", {"name": max(names, key=names.count)}
    if count > 1 and options.bank is not None:
        yield "one-bank", {"count": count}
    if columns is not None and len(columns) != count:
        yield "columns", {"found": len(columns), "expected": count}


def _idle(options: Options) -> Iterator[_Refusal]:
    """Yield what is wrong with options that would be passed over: whoever gives one relies on it."""
    # Of a file that is not there another line tells, which matters more.
    is_class = options.command == "whole_class" or (
        options.command in ("one_file", "watch") and not Path(options.submissions[0]).exists()
    )
    for name in _ONLY_OF_A_CLASS:
        if getattr(options, name) is not None and not is_class:
            yield "class-only", {"option": _spelled(name)}
    for name, other in _ONLY_WITH.items():
        if getattr(options, name) is not None and getattr(options, other) is None:
            yield "only-with", {"option": _spelled(name), "other": _spelled(other)}
    yield from _sections_of_no_roster(options)


def _sections_of_no_roster(options: Options) -> Iterator[_Refusal]:
    # The first folder of a hand-in is there without any list.
    if options.section not in (None, FOLDER) and options.roster is None:
        yield "section-roster", {"found": str(options.section)}


def _spelled(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _parser(lang: Lang) -> Parser:
    parser = Parser(prog="grade")
    parser.lang = lang
    add = parser.add_argument
    add("submissions", nargs="*", metavar="SUBMISSION")
    add("-e", "--exercise", dest="exercises", action="append", metavar="NAME")
    add("-o", "--output", metavar="PATH")
    add("--seed", type=int, default=0, metavar="N")
    add("--cases", "--networks", dest="cases", type=int, metavar="N")
    add("--bank", type=Path, metavar="FILE")
    add("--isolation", choices=get_args(Isolation))
    add("--format", action="append", choices=_Formats(), metavar="FORMAT")
    add("--feedback", choices=[str(level) for level in Feedback], default=str(Feedback.COUNTEREXAMPLE))
    add("--watch", action="store_true")
    add("--lang", choices=get_args(Lang))
    add("--pass-mark", type=float, default=100.0, metavar="PERCENT")
    add("--verify", type=Path, metavar="REPORT")
    add("--handout", metavar="NAME")
    add("--action", metavar="ACTION")
    add("--with-page", action="store_true", default=None)
    add("--page", metavar="NAME")
    add("--pyodide", metavar="URL|FOLDER")
    add("--version", action="version", version=f"%(prog)s {VERSION}")
    _add_class_options(parser)
    _add_author_options(parser)
    return parser


def _add_author_options(parser: Parser) -> None:
    add = parser.add_argument_group("authors").add_mutually_exclusive_group().add_argument
    add("--new-exercise", metavar="NAME")
    add("--check-exercise", metavar="NAME")


def _add_class_options(parser: Parser) -> None:
    add = parser.add_argument_group("several").add_argument
    add("--jobs", type=int, metavar="N")
    add("--cluster", metavar="ADDRESS")
    add("--file", metavar="PATTERN")
    add("--intake", metavar="NAME")
    add("--attempt", choices=get_args(AttemptChoice), default="last")
    add("--gradebook", type=Path, metavar="CSV")
    add("--gradebook-column", action="append", metavar="TITLE")
    add("--roster", type=Path, metavar="CSV")
    add("--section", metavar="COLUMN|folder")
    add("--deadlines", type=Path, metavar="CSV")
    add("--late", metavar="RULE")
    add("--adjusted", type=Path, metavar="CSV")
    add("--resume", action=argparse.BooleanOptionalAction, default=True)
    add("--regrade", action="store_true")
    add("--quiet", action="store_true")
