"""The class at a glance: one page that sorts and filters, written row by row."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graders.escaping import clean_line
from graders.exercise import Exercise
from graders.messages import Lang, say
from graders.outcome import Row, Verdict


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = lambda value: clean_line(str(value), 400)
    return environment


def overview_lines(summary: Mapping[str, Any], rows: Iterable[Row], exercise: Exercise, lang: Lang) -> Iterator[bytes]:
    """Yield the page in pieces, so that a large class need not be held at once."""
    template = _environment().get_template("overview.html")
    most = max(1, *summary["scores"].values())
    pieces = template.generate(
        lang="zh-Hans" if lang == "zh" else "en",
        title=exercise.title[lang],
        summary=summary,
        most=most,
        rows=(_cells(row, lang) for row in rows),
        say=lambda key, **values: say(lang, key, **values),
    )
    return (piece.encode("utf-8") for piece in pieces)


def _cells(row: Row, lang: Lang) -> dict[str, Any]:
    graded = row.verdict is not Verdict.NOT_GRADED
    return {
        "student": row.student or "",
        "name": row.name or "",
        "file": row.file,
        "link": f"{quote(row.key)}.report.yaml",
        "percent": f"{row.percent:g}" if graded else "",
        "verdict": say(lang, f"verdict.{row.verdict}"),
        "right": row.verdict is Verdict.CORRECT,
        "step": row.first_wrong_step or "",
        "misconceptions": " ".join(row.misconceptions),
        "note": row.note or "",
    }
