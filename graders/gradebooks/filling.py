"""Whose sheet it is, and filling it. A platform whose sheet cannot be filled is named, with those that can be."""

import re
from collections.abc import Iterable, Sequence

from graders.errors import UsageError
from graders.gradebooks.canvas import fill_canvas
from graders.gradebooks.moodle import fill_moodle
from graders.gradebooks.sheet import Filled, Grade, Sheet, in_utf8
from graders.messages import message

# Headers by which other platforms' sheets are recognised. Source: exports shown in the platforms' manuals.
_OTHERS = (
    ("Blackboard's", re.compile(r"\[total pts:|\|\d+$|^last access$")),
    ("Gradescope's", re.compile(r" - max points$")),
    ("Brightspace's", re.compile(r"^orgdefinedid$|points grade <|end-of-line indicator")),
    ("Sakai's", re.compile(r"^display id$|^# .*\[\d")),
    ("Moodle's gradebook, not the worksheet of an assignment", re.compile(r"\((?:real|points?|punkte|letter|实分)\)$")),
    ("GitHub Classroom's", re.compile(r"^(?:github[_ ]username|roster_identifier|student_repository_url)$")),
)


def fill_sheet(content: bytes, grades: Iterable[Grade], titles: Sequence[str], column: str | None = None) -> Filled:
    """Fill an exported gradebook. Without grades it only looks whether that is possible.

    `titles`: of the exercise, by which its column is found if `column` does not name it. Raises UsageError if this is
    no sheet that can be filled, or the column is not clear.
    """
    # In any encoding: who is told to save it anew should not hear afterwards that it is of no use.
    header = Sheet(in_utf8(content), "gradebook").titles()
    _refuse_others(header)
    Sheet(content, "gradebook")  # raises where it has to be saved anew
    if _is_canvas(header):
        return fill_canvas(content, grades, titles, column)
    # Moodle comes last: its headers are in any language, so that only its first column tells, by its cells.
    return fill_moodle(content, grades, column)


def _refuse_others(header: Sequence[str]) -> None:
    found = next((name for name, pattern in _OTHERS if any(map(pattern.search, header))), None)
    if found is not None and not _is_canvas(header):
        raise UsageError(message("usage.sheet-platform", platform=found))


def _is_canvas(header: Sequence[str]) -> bool:
    """Tell by the first column, as Canvas does on import."""
    return header[0].startswith(("student", "lastname")) and "display id" not in header


def has_a_column_each(content: bytes) -> bool:
    """Tell whether a sheet has columns for several assignments; Moodle's worksheet is about one."""
    return _is_canvas(Sheet(content, "gradebook").titles())
