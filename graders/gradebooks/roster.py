"""The instructor's list of students, in whatever columns: who of them handed in, by the column that matches most.

What a heading, a title, a total or Canvas's test student says is no student.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from graders.errors import UsageError
from graders.escaping import clean_line
from graders.gradebooks.sheet import Sheet, folded
from graders.messages import Message, message

_WHAT = "roster"
_IDS = (
    *("id", "student id", "student_id", "studentid", "sid", "user id", "userid", "username", "user name", "login"),
    *("login id", "sis user id", "sis login id", "id number", "matriculation number", "matrikelnummer", "matrikelnr."),
    *(
        "学号",
        "學號",
        "学生学号",
        "编号",
        "學生證號",
        "学籍番号",
        "number",
        "no.",
        "registration_number",
        "identifiant",
    ),
    *("matricule", "matrícula", "orgdefinedid", "código", "numéro", "matricola"),
    *("github username", "github_username", "identifier", "email", "email address", "e-mail", "邮箱"),
)
"""Headers of a column of ids, the most telling first."""

_NAMES = (
    *("full name", "fullname", "student name", "student_name", "name", "student", "names", "nom complet"),
    *("姓名", "名字", "学生姓名", "氏名", "学生", "學生"),
)
_FIRST_NAMES = ("first name", "firstname", "first_name", "given name", "vorname", "prénom", "nombre", "nome", "名")
_LAST_NAMES = ("last name", "lastname", "last_name", "surname", "family name", "nachname", "nom", "apellidos", "姓")
_HEADINGS = frozenset({*_IDS, *_NAMES, *_FIRST_NAMES, *_LAST_NAMES})
_HEADING = re.compile(r"(?:first|last|family|given|student|full|registration|matri)[\w .-]*(?:name|number|id|nr)\b")
_NOBODY = {"points possible", "student, test", "test student", "manual posting", "muted"}
_TOTAL = re.compile(r"(?:total|sum|summe|gesamt|anzahl|count|average|mean|students|合计|总计|平均|人数)[:：]?\s*\d*$")
_MOST_TITLES = 15
_NO_COLUMN = -1
_SHORTEST_PART = 3
"""A part of a file's name shorter than this is nobody's id."""


@dataclass(frozen=True, slots=True)
class Student:
    """A student who is expected to hand in; `row`: all their cells, each with its column's title."""

    id: str
    name: str | None = None
    row: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)


def read_roster(content: bytes) -> list[Student]:
    """Return the students in the order of the list. Raises UsageError if there is none.

    Without a known header, the first column are ids and the second, if there is one, names.
    """
    sheet = Sheet(content, _WHAT)
    texts = [[text.strip() for text in sheet.texts(row)] for row in range(len(sheet))]
    header = _header_row(texts)
    titles = [folded(title) for title in texts[header]] if header is not None else []
    id_column, name_columns = _columns(titles)
    students: dict[str, Student] = {}
    for cells in _people(texts[0 if header is None else header + 1 :]):
        name = " ".join(filter(None, (cells[column] for column in name_columns if column < len(cells))))
        row = tuple((titles[at] if at < len(titles) else "", text) for at, text in enumerate(cells))
        # whoever has no account yet is known by something else
        own = cells[id_column] if 0 <= id_column < len(cells) else ""
        known_by = own or (name if id_column == _NO_COLUMN else "") or next(filter(None, cells))
        students.setdefault(folded(known_by), Student(known_by, name or None, row))
    if not students:
        raise UsageError(f"{_WHAT}: it has no students; it needs a column of ids, with a header such as id or 学号")
    return list(students.values())


def missing_students(
    roster: Sequence[Student], owners: Sequence[tuple[str | None, str | None]]
) -> tuple[list[Student], list[Message]]:
    """Return who of the roster owns nothing, given the ids and names of those who do, and how they were found.

    The column that matches most hand-ins decides. A folder or file named after a student often carries more than the id
    (`张三_2023001`): a part of it is enough. What two students of the roster share tells nothing.
    """
    if not roster:
        return [], []
    whole = {spelled for owner in owners for text in owner if text for spelled in _spellings(text)}
    parts = {part for owner in owners for text in owner if text for part in _parts(text)}
    column, by_id = _best_column(roster, whole, parts)
    keys = [{frozenset(tokens) for tokens in _names(student)} for student in roster]
    count = Counter(key for each in keys for key in each)
    known = {frozenset(_tokens(text)) for owner in owners for text in owner if text}
    bare_known = {bare(text) for owner in owners for text in owner if text} | parts
    by_name = {
        index
        for index, each in enumerate(keys)
        if any(count[key] == 1 and (key in known or _written_together(key, bare_known)) for key in each)
    }
    missing = [student for index, student in enumerate(roster) if index not in by_id | by_name]
    return missing, _found(column, by_id, by_name, len(owners))


def bare(name: str) -> str:
    """Return a name's letters and digits, without case."""
    return "".join(filter(str.isalnum, folded(name)))


def _found(column: str, by_id: set[int], by_name: set[int], hand_ins: int) -> list[Message]:
    """Say how the match was made, or that there is none."""
    if hand_ins and not by_id | by_name:
        return [message("roster.nobody")]
    if len(by_id) >= len(by_name) and column:
        return [message("roster.column", column=clean_line(column, 40), count=len(by_id), of=hand_ins)]
    return [message("roster.names", count=len(by_name), of=hand_ins)] if by_name else []


def _best_column(roster: Sequence[Student], whole: set[str], parts: set[str]) -> tuple[str, set[int]]:
    """Return the title of the column whose ids match most hand-ins, and the students it finds."""
    best: tuple[str, set[int]] = ("", set())
    rows = [student.row or (("", student.id),) for student in roster]
    for column in range(max(map(len, rows))):
        cells = [row[column][1] if column < len(row) else "" for row in rows]
        spelled = [_spellings(cell) for cell in cells]
        count = Counter(text for each in spelled for text in each)
        # a part of a file's name is an id only where ids look like one
        known = whole | parts if any(map(str.isdigit, "".join(cells))) else whole
        found = {i for i, each in enumerate(spelled) if any(text in known and count[text] == 1 for text in each)}
        if len(found) > len(best[1]):
            best = next((row[column][0] for row in rows if column < len(row)), ""), found
    return best


def _spellings(text: str) -> set[str]:
    """Return an id as written, as a spreadsheet writes it that takes its zeros away, and an address's first part."""
    plain = folded(text)
    spelled = {plain, plain.lstrip("0") if plain.isdigit() else plain}
    return (spelled | {plain.partition("@")[0]} if "@" in plain else spelled) - {""}


def _parts(text: str) -> set[str]:
    parts = re.split(r"[\W_]+", folded(text))
    return {part for part in parts if len(part) >= _SHORTEST_PART or not part.isascii()} - {""}


def _tokens(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded(text)) if not unicodedata.combining(c))
    return [token for token in re.split(r"[\W_]+", plain) if token]


def _names(student: Student) -> Iterator[list[str]]:
    """Yield a student's names as words, whose order does not matter: from one cell, or from two beside each other."""
    cells = [text for _, text in student.row if not re.search(r"[\d@]", text)]
    for text in (student.name or "", *cells):
        if len(tokens := _tokens(text)) > 1 or text == student.name or (tokens and not text.isascii()):
            yield tokens
    for first, second in pairwise(cells):
        if first and second:
            yield [*_tokens(first), *_tokens(second)]


def _written_together(words: frozenset[str], known: set[str]) -> bool:
    """Tell whether somebody is called by a name's words without spaces, in either order, as on Canvas."""
    if not 0 < len(words) < 4:
        return False
    ordered = sorted(words)
    return any("".join(each) in known for each in (ordered, ordered[::-1], ordered[1:] + ordered[:1]))


def _header_row(texts: Sequence[Sequence[str]]) -> int | None:
    """Return the row of headings: the first with known titles, or with digits below and none in it."""
    width = max((sum(map(bool, row)) for row in texts), default=0)
    for index, row in enumerate(texts[:_MOST_TITLES]):
        titles = [folded(text) for text in row if text]
        if any(title in _HEADINGS or _HEADING.match(title) for title in titles) and len(titles) * 2 > width:
            return index
        below = texts[index + 1 :]
        if len(titles) == width > 1 and below and _is_above_digits(row, below):
            return index
    return None


def _is_above_digits(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a column has digits in all cells but this one."""
    for column, title in enumerate(row):
        cells = [cells[column] for cells in below if column < len(cells) and cells[column]]
        if cells and not re.search(r"\d", title) and all(re.search(r"\d", cell) for cell in cells):
            return True
    return False


def _people(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the rows that are students'."""
    for cells in rows:
        filled = [folded(cell) for cell in cells if cell]
        is_total = bool(filled) and _TOTAL.match(filled[0]) is not None
        if filled and not _NOBODY & set(filled[:2]) and not is_total:
            yield cells


def _columns(titles: Sequence[str]) -> tuple[int, list[int]]:
    """Return the column of ids that the titles promise, and those of names."""
    id_column = _first(titles, _IDS)
    names = [column for column in (_first(titles, _FIRST_NAMES), _first(titles, _LAST_NAMES)) if column is not None]
    whole = _first(titles, _NAMES)
    if whole is not None:
        names = [*names, whole] if len(names) == 1 else [whole]
    if id_column is None and len(names) > 1:
        return _NO_COLUMN, names
    if id_column is None and names:
        return names[0], []
    if id_column is None:
        return 0, [1]
    return id_column, names


def _first(titles: Sequence[str], names: Iterable[str]) -> int | None:
    return next((titles.index(name) for name in names if name in titles), None)
