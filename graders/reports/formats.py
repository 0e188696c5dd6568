"""A report in any format: each is one module with an `ENDING` and a `dump`, loaded when it is asked for."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from graders.escaping import clean_line
from graders.messages import Lang
from graders.outcome import Report
from graders.reports.context import Context


class _Format(Protocol):
    ENDING: str

    def dump(self, report: Report, context: Context) -> bytes:
        """Return the report; the same report and context give the same bytes."""


def _load(name: str) -> _Format:
    return cast(_Format, import_module(f"graders.reports.{name}"))


def ending(name: str) -> str:
    """Return the ending of a format's files."""
    return _load(name).ENDING


def dump(
    name: str, report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]], path: str | None = None
) -> bytes:
    """Return a report in a format.

    `cells` is the submission's source, which pages show; `path` its place as the command line named it, which a CI
    system needs to find the file (by default only its name).
    """
    # The report's own name for the file is clean already; a path is the caller's, and may hold anything.
    where = report.submission.file if path is None else clean_line(path)
    return _load(name).dump(report, Context(lang, cells, where))


def dump_all(
    names: Sequence[str], report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]]
) -> dict[str, bytes]:
    """Return a report in several formats, by the endings of their files."""
    return {ending(name): dump(name, report, lang, cells) for name in names}
