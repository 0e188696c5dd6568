"""Grade the exercise of the notebook one is in: `from graders.notebook import check`, then `check()` in a cell.

The source is what was executed, as IPython keeps it: a notebook in which a cell that was executed again stands once
more below. Which of them count is decided where that is decided for every notebook, in the sandbox.
"""

import html
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from graders.errors import UsageError
from graders.exercise.bank import DEFAULT_SEED
from graders.messages import Lang, locale_lang, say
from graders.outcome import Feedback, Report
from graders.records import Record
from graders.reports.context import Context
from graders.reports.text import headlines, text_lines
from graders.session import choose_terms, load_any, open_any
from graders.submission import Cells, Submission, decode_submission, read_submission

# Characters of executed cells that are looked at, the latest ones.
_MAX_SOURCE = 1 << 20

_MAX_PAGE_BYTES = 1 << 20
_STYLE = "width: 100%; height: 36em; border: 1px solid #8888; resize: vertical"
_SAID = "margin: 0 0 .5em; overflow-wrap: anywhere"


class Checked(Record):
    """A report as a notebook shows it: a page in a frame of its own or, where there is no HTML, lines of text."""

    report: Report
    lang: Lang
    cells: Cells

    def __repr__(self) -> str:
        return "\n".join(text_lines(self.report, self.lang))

    def _repr_html_(self) -> str:
        """Return what matters in plain HTML, and the report in a frame that runs no script and shares no styles."""
        from graders.reports.html import dump

        page = dump(self.report, Context(self.lang, self.cells))
        # Without the source, which is most of it: it stands in the notebook anyway.
        if len(page) > _MAX_PAGE_BYTES:
            page = dump(self.report, Context(self.lang))
        said = list(headlines(self.report, self.lang))
        if self.report.grading.isolation == "process":
            said.append(say(self.lang, "isolation-process"))
        # Some notebooks show no frames, or cut a long output: what matters stands before it.
        lines = "".join(f"<div>{html.escape(line)}</div>" for line in said)
        frame = f'<iframe sandbox="" title="report" style="{_STYLE}" srcdoc="{html.escape(page.decode("utf-8"))}">'
        return f'<div style="{_SAID}">{lines}</div>{frame}</iframe>'


def check(
    path: str | os.PathLike[str] | None = None,
    exercise: str = "backprop",
    *,
    feedback: Feedback | str = Feedback.COUNTEREXAMPLE,
    lang: Lang | None = None,
    seed: int = DEFAULT_SEED,
) -> Checked:
    """Grade the notebook's own exercise, or a file, and return what the notebook shows of it.

    Where the machine has no kernel sandbox the code runs as an ordinary process, and what is shown says so. Raises
    UsageError outside of a notebook without a path.
    """
    terms = choose_terms(isolation=None, fallback=True, feedback=feedback, lang=lang or locale_lang())
    materials = load_any(exercise, seed=seed)
    submission = _executed() if path is None else read_submission(Path(path))
    with open_any(materials, terms) as grader:
        return Checked(report=grader.grade(submission), lang=terms.lang, cells=submission.cells)


def _executed() -> Submission:
    """Return the executed cells as a notebook, whose cell numbers are those of `In [n]`."""
    ipython = sys.modules.get("IPython")  # there is no notebook where it was not imported
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        raise UsageError("check(): this is no notebook; name the file to grade: check('backprop.py')")
    # the first entry is there before any cell was executed
    sources = latest_cells(shell.history_manager.input_hist_raw[1:])
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return decode_submission("notebook.ipynb", json.dumps({"cells": cells}).encode())


def latest_cells(executed: Sequence[str]) -> list[str]:
    """Return the executions in order, with an empty text for each of the oldest that are too much to be looked at."""
    left = _MAX_SOURCE
    cells: list[str] = []
    for source in reversed(executed):
        left -= len(source)
        # Left empty rather than out: the numbers of the others must stay those of `In [n]`.
        cells.append(source if left >= 0 else "")
    return cells[::-1]
