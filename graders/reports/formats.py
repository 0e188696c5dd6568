"""The formats a report can be written in, by name; each is one module, loaded when it is asked for."""

from collections.abc import Sequence

from graders.messages import Lang
from graders.outcome import Report

ENDINGS = {"yaml": ".yaml", "json": ".json", "html": ".html", "markdown": ".md"}
"""By format, the ending of its files."""


def dump(name: str, report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]]) -> bytes:
    """Return a report in a format; `cells` is the submission's source, which pages show."""
    if name == "html":
        from graders.reports import html

        return html.dump(report, lang, cells)
    if name == "markdown":
        from graders.reports import markdown

        return markdown.dump(report, lang)
    if name == "json":
        from graders.reports import json

        return json.dump(report)
    from graders.reports import yaml

    return yaml.dump(report)


def dump_all(
    names: Sequence[str], report: Report, lang: Lang, cells: Sequence[tuple[int | None, str]]
) -> dict[str, bytes]:
    """Return a report in several formats, by the endings of their files."""
    return {ENDINGS[name]: dump(name, report, lang, cells) for name in names}
