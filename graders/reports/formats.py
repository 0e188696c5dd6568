"""The formats a report can be written in, by name; each is one module, loaded when it is asked for."""

from collections.abc import Sequence
from importlib import import_module

from graders.escaping import clean_line
from graders.messages import Lang
from graders.outcome import Report

ENDINGS = {
    "yaml": ".yaml",
    "json": ".json",
    "html": ".html",
    "markdown": ".md",
    "junit": ".xml",
    "github": ".github.txt",
    "gradescope": ".gradescope.json",
    "classroom50": ".classroom50.json",
}
"""By format, the ending of its files."""


def dump(
    name: str, report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]], path: str | None = None
) -> bytes:
    """Return a report in a format.

    `cells` is the submission's source, which pages show; `path` its place as the command line named it, which a CI
    system needs to find the file (by default only its name).
    """
    module = import_module(f"graders.reports.{name}")
    data: bytes
    match name:
        case "html":
            data = module.dump(report, lang, cells)
        case "junit" | "github":
            data = module.dump(report, lang, report.submission.file if path is None else clean_line(path))
        case "markdown" | "gradescope":
            data = module.dump(report, lang)
        case _:
            data = module.dump(report)
    return data


def dump_all(
    names: Sequence[str], report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]]
) -> dict[str, bytes]:
    """Return a report in several formats, by the endings of their files."""
    return {ENDINGS[name]: dump(name, report, lang, cells) for name in names}
