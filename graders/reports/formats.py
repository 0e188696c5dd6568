"""A report in any format: each is one module with an `ENDING` and a `dump`, loaded when it is asked for."""

from collections.abc import Callable, Sequence
from importlib import import_module

from graders.escaping import clean_line
from graders.messages import Lang
from graders.outcome import Report
from graders.reports.context import Context
from graders.reports.endings import endings


def dump(
    name: str, report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]], path: str | None = None
) -> bytes:
    """Return a report in a format.

    `cells` is the submission's source, which pages show; `path` its place as the command line named it, which a CI
    system needs to find the file (by default only its name).
    """
    # The report's own name for the file is clean already; a path is the caller's, and may hold anything.
    where = report.submission.file if path is None else clean_line(path)
    make: Callable[[Report, Context], bytes] = import_module(f"graders.reports.{name}").dump
    return make(report, Context(lang, cells, where))


def dump_all(
    names: Sequence[str], report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]]
) -> dict[str, bytes]:
    """Return a report in several formats, by the endings of their files."""
    return {endings()[name]: dump(name, report, lang, cells) for name in names}
