"""The class at a glance: one self-contained page whose table sorts and filters, written row by row.

Everything a student named is escaped by Jinja2 after control and bidirectional characters were made visible; neither
is left to the template. A content security policy allows the page's own script, by its hash, and nothing else.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup

from graders.batch.mistakes import titles
from graders.batch.rows import Row
from graders.batch.standing import NOTHING_ASKED, AskedColumns, GradebookLine
from graders.batch.tally import PERHAPS_EMPTY, Tally
from graders.escaping import clean_line
from graders.exercise.asked import Exercise
from graders.gradebooks import Student
from graders.messages import Lang, words_for_case
from graders.messages.pages import word
from graders.outcome import Verdict
from graders.reports.endings import report_file
from graders.reports.page.templates import LANGUAGE_TAGS, page_environment, template_text

_COLUMNS = (
    "student",
    "name",
    "section",
    "file",
    "percent",
    "final",
    "verdict",
    "step",
    "mistakes",
    "attempt",
    "late",
    "note",
)
# So many rows to look at are on the page, above the table; `to_check.csv` has them all.
_LOOKS_AT_MOST = 200


def overview_lines(
    tally: Tally,
    lines: Iterable[GradebookLine],
    missing: Sequence[Student],
    exercise: Exercise,
    lang: Lang,
    *,
    ending: str,
    looks: Iterable[tuple[Row, list[str]]] = (),
    asked: AskedColumns = NOTHING_ASKED,
) -> Iterator[bytes]:
    """Yield the page in pieces, so that a large class need not be held at once.

    `missing`: who handed nothing in. `ending`: of the reports that the page links to. `looks`: rows that a person
    should look at, with the reasons. `asked`: what the instructor wants to know beside the rows.
    """
    shown = list(islice(looks, _LOOKS_AT_MOST + 1))  # one more than is shown tells whether there are more
    absent = _absent_columns(tally, asked)
    # In the page itself: it is opened from a disk, where another file may not be loaded.
    script = template_text("overview.js")
    nouns = words_for_case(exercise.noun, lang)
    pieces = (
        _class_pages()
        .get_template("overview.html.j2")
        .generate(
            word=lambda key, **values: word(lang, key, **nouns, **values),
            language=LANGUAGE_TAGS[lang],
            title=exercise.title[lang],
            script=Markup(script),  # noqa: S704 - ours, and the policy below allows nothing else
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            tally=tally,
            steps=[(step.name, tally.wrong_steps[step.name]) for step in exercise.steps],
            titles=titles(tally.mistakes, exercise, lang),
            messages={known.id: known.message[lang] for known in exercise.misconceptions},
            missing=missing,
            looks=shown[:_LOOKS_AT_MOST],
            are_more=len(shown) > _LOOKS_AT_MOST,
            columns=[name for name in _COLUMNS if name not in absent],
            lines=lines,
            link=lambda row: quote(report_file(row.key, ending)),
            sign=lambda verdict: Verdict(verdict).sign,
            kind=lambda verdict: Verdict(verdict).kind,
        )
    )
    return (piece.encode("utf-8") for piece in pieces)


def _absent_columns(tally: Tally, asked: AskedColumns) -> set[str]:
    """Return the columns that would be empty, or say nothing that another does not."""
    absent = {name for name in PERHAPS_EMPTY if name not in tally.filled}
    if not asked.sections:
        absent.add("section")
    return absent if asked.lateness or asked.marks else absent | {"final"}


@cache
def _class_pages() -> Environment:
    return page_environment(lambda text: clean_line(text, 400))
