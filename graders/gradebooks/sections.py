"""Which section of a course a student is in: by the folder of the hand-in, or by a column of the roster."""

from collections.abc import Sequence

from graders.errors import UsageError
from graders.gradebooks.roster import Student
from graders.messages import message
from graders.spelling import bare, folded

FOLDER = "folder"
_SEVERAL = ""


class Sections:
    """Tells sections. `column` None: by the first folder of a hand-in's key."""

    def __init__(self, column: str | None = None, roster: Sequence[Student] = ()) -> None:
        self._is_by_folder = column is None
        self._of: dict[str, str] = {}
        for student in roster:
            section = next((text for title, text in student.row if title == folded(column or "")), "")
            for text in {student.id, student.name or "", *(cell for _, cell in student.row)}:
                self._know(bare(text), section)

    def _know(self, text: str, section: str) -> None:
        # What students of two sections share, such as the name of their course, tells none of them apart.
        if text:
            self._of[text] = section if self._of.get(text, section) == section else _SEVERAL

    def section(self, key: str, who: Sequence[str]) -> str:
        """Return the section of a hand-in with this key, of a student known by these texts; empty if not known."""
        if self._is_by_folder:
            return key.split("/", maxsplit=1)[0] if "/" in key else ""
        texts = [spelled for text in who for spelled in (bare(text), bare(text.partition("@")[0]))]
        return next((section for text in texts if (section := self._of.get(text))), "")


def sections_by(where: str, roster: Sequence[Student]) -> Sections:
    """Return what tells sections: `folder`, or a column's title. Raises UsageError if the roster has no such column."""
    if where == FOLDER:
        return Sections()
    titles = list(dict.fromkeys(title for student in roster for title, _ in student.row))
    if folded(where) not in titles:
        raise UsageError(message("usage.section", found=where, columns=", ".join(map(repr, titles)) or "–"))
    return Sections(where, roster)
